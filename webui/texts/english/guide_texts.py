"""The English sentences of the guided start."""

NAME = "Short tour"
STEPS = ("Create a collection", "Add documents", "Ask")
MAKE = "What shall your first collection be called?"
ADD = "Choose a few files, or drop them on the collection."
READING = "{done} of {total} files were read. You can ask when the first is ready."
ASK = "The documents are ready. Now ask about them, in your own words."
ASK_BUTTON = "To the first question"
END = "Skip"
