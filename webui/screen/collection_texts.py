"""The Hebrew sentences about collections, and to whom they are open."""
