"""Whole documents: which of them a request means, and reading them from beginning to end."""
