"""The Hebrew sentences about signing in, passwords, and one's own account."""
