"""Reading a PDF: PDFium's characters and places become lines, columns, logical text; pypdf tells the structure.

`read_pdf` in `reader.py` tells the story.
"""

from ingest.readers.pdf.reader import read_pdf as read_pdf
