"""The Hebrew sentences about API keys."""
