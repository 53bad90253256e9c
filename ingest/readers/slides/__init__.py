"""Slides (PPTX): a page each, in the order of reading."""
