"""Answers that were had before, kept in one file, so that nothing is paid for twice."""

from summarizer.cache.answers import Stored, key_of
from summarizer.cache.cache import Cache, CacheInfo, clear

__all__ = ["Cache", "CacheInfo", "Stored", "clear", "key_of"]
