"""Answers that were had before, kept in one file, so that nothing is paid for twice."""

from summarizer.cache.answers import Stored, key_of
from summarizer.cache.cache import Cache, CacheInfo, clear
from summarizer.cache.files import path_of

__all__ = ["Cache", "CacheInfo", "Stored", "clear", "key_of", "path_of"]
