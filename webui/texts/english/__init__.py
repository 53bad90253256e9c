"""The English sentences of the web, under the names that the Hebrew ones have.

Answers, questions and documents stay Hebrew: only the screen speaks English.
"""
