"""Measuring: retrieval and answer metrics, and the commands that print them. Knows nothing of the web."""
