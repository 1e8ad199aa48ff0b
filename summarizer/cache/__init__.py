"""Answers that were had before, kept in one file, so that nothing is paid for twice."""

from summarizer.cache.answers import Stored, key_of

__all__ = ["Stored", "key_of"]
