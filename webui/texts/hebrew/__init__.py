"""The Hebrew sentences of the web, a file for each part of it."""
