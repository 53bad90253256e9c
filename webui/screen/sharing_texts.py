"""The Hebrew sentences about sharing and exporting conversations."""
