"""What the package knows of each language: tokens, sentences, cues, places."""
