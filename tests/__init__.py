"""Tests. Fakes live in tests/fakes.py, written by hand, at the edge only."""
