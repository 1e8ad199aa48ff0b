"""The article: a text, its numbered sentences, and what is known about it.

Offsets are code points into `Article.text`; sentence numbers begin at 1. Title, date, byline
and publisher are metadata: they are told to the model and can't be cited.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from summarizer.errors import EmptyArticle, InputError, InputTooLarge, NotText
from summarizer.lines import units
from summarizer.segmentation import Span, guess_language, split

MAX_CHARACTERS = 5_000_000
_ID_LENGTH = 12
_MOST_CONTROLS = 0.1
_CONTROLS = frozenset([*range(1, 9), *range(14, 28), 127])
_NO_CONTROLS = bytes(code for code in range(256) if code not in _CONTROLS)

# Written without spaces between words, so that a name's edges can't be told.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]"
)
# Conjunctions, prepositions and the article, which Arabic and Hebrew write onto the word.
_PROCLITICS = (
    (re.compile("[\u0621-\u064a]"), "(?:[وف]?[بكل]?(?:ال)?|[وف]?لل)"),
    (re.compile("[\u05d0-\u05ea]"), "[ושהבלכמ]{0,3}"),
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHES = str.maketrans("‘’ʼ`“”„«»‐‑–—", '\'\'\'\'"""""----')


class Article(BaseModel):
    """A text with numbered sentences. Made by `Article.from_text` or `summarizer.inputs.read`.

    `sentences` are half-open `(start, end)` offsets into `text` in code points, in order and
    without overlap. `sha256` is of `text` in UTF-8, `source_sha256` of the bytes that came in
    (null where there were none). `published` is a date, `language` an ISO 639-1 code.

    A stored article is checked when it is read back: the hash must be that of the text, and
    the sentences must lie in it.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    sha256: str
    source_sha256: str | None = None
    sentences: tuple[Span, ...]
    language: str | None = None
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str | None = None,  # noqa: A002  the field's public name
        title: str | None = None,
        published: date | str | None = None,
        publisher: str | None = None,
        byline: str | None = None,
        language: str | None = None,
        url: str | None = None,
        source_sha256: str | None = None,
    ) -> Article:
        """An article from its text, split into sentences.

        `published` is a date or an ISO 8601 date or date-time. `id` defaults to the first
        twelve digits of the text's hash; `language` is an ISO 639 code, of which a region is
        left out ("en-GB"), and defaults to a guess. A byte order mark at the start
        is taken off; nothing else is changed. One word is an article, of one sentence.

        Raises `EmptyArticle` for a text without a letter or digit, `NotText` for one with NUL
        characters, lone surrogates (in any field) or mostly control characters, `InputTooLarge`
        above five million characters, and `InputError` for a date or a language that can't be read.
        """
        text = text.removeprefix("\ufeff")
        _check(text)
        told = {"id": id, "title": title, "publisher": publisher, "byline": byline, "url": url}
        for field, value in told.items():
            refuse_half_characters(value or "", field)
        digest = _digest(text)
        language = language_code(language) or guess_language(text)
        pieces = units(text)
        article = cls(
            id=id or digest[:_ID_LENGTH],
            text=text,
            sha256=digest,
            source_sha256=source_sha256,
            sentences=tuple(split(text, language, pieces)),
            language=language,
            published=published_date(published),
            title=title or None,
            publisher=publisher or None,
            byline=byline or None,
            url=url or None,
        )
        vars(article)["units"] = pieces  # as the property would find them
        return article

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.sha256 != _digest(self.text):
            raise ValueError("sha256 is not that of text: the text was changed")
        before = 0
        for number, (start, end) in enumerate(self.sentences, 1):
            if not before <= start < end <= len(self.text):
                raise ValueError(f"sentence {number} doesn't lie in the text after the one before")
            before = end
        return self

    @property
    def sentence_count(self) -> int:
        """How many sentences there are; also the number of the last one."""
        return len(self.sentences)

    def span(self, n: int) -> Span:
        """Where sentence `n` (from 1) stands: half-open offsets in code points. `IndexError`
        when there is no such sentence."""
        if not 1 <= n <= len(self.sentences):
            raise IndexError(f"no sentence {n}: the article has 1 to {len(self.sentences)}")
        return self.sentences[n - 1]

    def quote(self, n: int) -> str:
        """Sentence `n` (from 1), verbatim. `IndexError` when there is no such sentence."""
        start, end = self.span(n)
        return self.text[start:end]

    def line(self, n: int) -> str:
        """Sentence `n` (from 1) with its white space made single blanks. `IndexError` when there
        is no such sentence."""
        self.span(n)
        return self.lines[n - 1]

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Every sentence with its number, in order."""
        for number, (start, end) in enumerate(self.sentences, 1):
            yield number, self.text[start:end]

    def paragraph(self, n: int) -> int:
        """Which paragraph, from 1, sentence `n` is in: a line, or a whole paragraph where lines
        are hard-wrapped (see `summarizer.lines`). `IndexError` when there is no such sentence."""
        start, _ = self.span(n)
        return bisect_right(self._paragraph_starts, start)

    def sentences_holding(self, needle: str) -> list[int]:
        """Numbers of the sentences in which `needle` stands as whole words, in any case.

        Compared in Unicode's NFKC form with cases folded, white space and the shapes of quotes
        and dashes made alike; in scripts that set no spaces between words, anywhere. A blank
        `needle` stands nowhere.
        """
        wanted = _folded(needle).strip()
        if not wanted:
            return []
        whole = _whole_words(wanted)
        return [
            number
            for number, sentence in enumerate(self._folded_sentences, 1)
            if wanted in sentence and whole.search(sentence)
        ]

    @cached_property
    def units(self) -> list[Span]:
        """Its lines, or whole paragraphs where lines are hard-wrapped (see `summarizer.lines`)."""
        return units(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """Every sentence with its white space made single blanks, in order."""
        return [_in_single_blanks(sentence) for _, sentence in self.numbered()]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.units]

    @cached_property
    def _folded_sentences(self) -> list[str]:
        return [_folded(sentence) for _, sentence in self.numbered()]


def published_date(value: date | str | None) -> date | None:
    """`value` as a date; a string must begin with an ISO 8601 date. Raises `InputError`."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        # A datetime is a date too, and would be stored with its time.
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError as error:
        raise InputError(
            f"The publication date {value[:40]!r} can't be read.",
            hint="Write it as YYYY-MM-DD.",
            original=error,
        ) from None


def language_code(value: str | None) -> str | None:
    """`value` as an ISO 639 code without a region. Raises `InputError`."""
    if not value:
        return None
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?", value.strip())
    if not found:
        raise InputError(
            f"The language {value[:40]!r} is not a code.", hint='Write it as "en", "ru" or "zh".'
        )
    return found[1].lower()


def refuse_half_characters(value: str, field: str) -> bytes:
    """`value` in UTF-8. Raises `NotText`, which names the field, for half a surrogate pair."""
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        raise NotText(
            f"The {field} holds half a surrogate pair at character {error.start}.",
            hint="Decode it as UTF-8, without surrogateescape.",
            original=error,
        ) from None


def _check(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InputTooLarge(
            f"The text has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}.",
            hint="Split it into articles.",
        )
    if "\0" in text:
        raise NotText("The text holds NUL characters, so it is binary.", hint="Give plain text.")
    encoded = refuse_half_characters(text, "text")
    if len(encoded.translate(None, _NO_CONTROLS)) > len(text) * _MOST_CONTROLS:
        raise NotText("The text is mostly control characters.", hint="Give plain text.")
    if not re.search(r"[^\W_]", text):
        raise EmptyArticle(
            "There is no letter or digit in the text.", hint="Give the text of an article."
        )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _in_single_blanks(text: str) -> str:
    if text.isprintable() and "  " not in text:  # nor is any other white space printable
        return text.strip()
    return " ".join(text.split())


def _folded(text: str) -> str:
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_APOSTROPHES)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", plain.casefold()))


def _whole_words(wanted: str) -> re.Pattern[str]:
    before = after = ""
    if re.match(r"\w", wanted[0]) and not _UNSPACED.match(wanted[0]):
        proclitic = next((own for script, own in _PROCLITICS if script.match(wanted[0])), "")
        before = rf"(?<!\w){proclitic}"
    if re.match(r"\w", wanted[-1]) and not _UNSPACED.match(wanted[-1]):
        after = r"(?!\w)"
    return re.compile(before + re.escape(wanted) + after)
