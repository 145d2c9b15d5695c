"""The trained tagger: it reads texts as tokens, labels them and links the labels."""
