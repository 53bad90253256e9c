"""HTML pages: headings, paragraphs, lists and tables as text. Never rendered."""
