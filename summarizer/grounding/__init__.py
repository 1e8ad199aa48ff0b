"""From what a model wrote to items that stand in the article, one by one."""

from __future__ import annotations

from summarizer.grounding.decoding import decode
from summarizer.grounding.drafts import Draft, Item, Note
from summarizer.grounding.reading import MESSAGE
from summarizer.grounding.source import Source

__all__ = ["MESSAGE", "Draft", "Item", "Note", "Source", "decode"]
