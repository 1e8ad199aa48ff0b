"""Which language a text of a record is in: English, or that of the article."""

from __future__ import annotations

_ENGLISH = frozenset(
    {"the", "of", "and", "to", "for", "with", "by", "from", "was", "were", "is", "has", "had"}
    | {"that", "at", "over", "said", "after", "its", "their"}
)
_OTHER_SCRIPTS = frozenset({"ru", "uk", "bg", "sr", "ar", "fa", "ur", "he", "zh", "ja", "ko", "el"})


def language_of(text: str, article: str | None) -> str | None:
    """The ISO 639-1 code of a text's language, that of the article being `article`."""
    if article in (None, "en"):
        return "en" if text.isascii() else article
    letters = [mark for mark in text if mark.isalpha()]
    if sum(mark.isascii() for mark in letters) < len(letters) / 2:
        return article
    words = text.casefold().split()
    return "en" if _ENGLISH.intersection(words) or article in _OTHER_SCRIPTS else article
