"""The Hebrew sentences about people, invitations and groups."""
