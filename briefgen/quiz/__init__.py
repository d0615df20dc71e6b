"""Questions from a brief's statements, each with its key and the passage that proves it; nothing is invented."""

from briefgen.quiz.making import quiz_of

__all__ = ["quiz_of"]
