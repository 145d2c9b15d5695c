"""Compare what sides say, from raw texts to figures that lead back to the quotation."""

__version__ = "0.1.0"
