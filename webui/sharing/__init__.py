"""Conversations that are shown to others: read-only snapshots by link or to teammates, and files to take along."""
