"""Word files, read from their XML: the body in its order, as text."""
