"""Keeping a Darash: backing it up while it runs, restoring a backup, and looking whether everything is as it was."""
