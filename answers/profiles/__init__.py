"""Models as data: how each is spoken to, what it needs, and how it is served."""
