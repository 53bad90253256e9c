"""From marks to citations, and whether what a sentence says stands in what it cites."""
