"""The Hebrew language: normalising, tokens, folding, sentences, direction.

Pure functions over text. Knows nothing of files, indexes, models or the web, and imports nothing of ours.
"""
