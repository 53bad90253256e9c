"""`python -m darash`."""

from darash import app

app()
