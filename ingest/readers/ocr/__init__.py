"""Letters from a picture, by the program tesseract. Knows nothing of PDF or of image files.

`recognise` in `reading.py` tells the story.
"""

from ingest.readers.ocr.reading import recognise as recognise
from ingest.readers.ocr.tesseract import find_tesseract as find_tesseract
