"""Statements and texts to countable evidence."""
