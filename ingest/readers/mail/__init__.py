"""Mail (EML, MSG): the message as text, its attachments as parts."""
