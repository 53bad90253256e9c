"""Which version of Darash this is. Stands in the code, because a container runs it without installing it."""

VERSION = "0.1.0"
"""The same as in pyproject.toml; a test compares."""
