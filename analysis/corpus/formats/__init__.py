"""File formats that carry records: one reader each, all giving plain dictionaries."""
