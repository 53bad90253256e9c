"""The Hebrew sentences about the audit log."""
