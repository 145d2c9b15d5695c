"""Raw files to documents to statements: who said what, where in the text."""
