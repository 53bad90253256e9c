"""What a question means: follow-ups, whole-document questions, other words for it, what to ask next."""
