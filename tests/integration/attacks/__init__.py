"""Attacks: people with fewer rights than they want, against the real app. Each attempt has a name and gets nothing."""
