"""Answers without a model: which sentences are quoted, and when nothing is."""
