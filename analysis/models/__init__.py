"""Features to labels and scales, with their reliability."""
