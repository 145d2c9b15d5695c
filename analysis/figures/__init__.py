"""Tables to Axes, and to files."""
