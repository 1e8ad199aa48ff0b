"""A document as it was found in an input, before the batch gives it a name of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256

from summarizer.article import Article
from summarizer.errors import InputError, SummarizerError
from summarizer.records import Draft, from_record, own_id


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of records that hold the id and the text; None for the usual ones."""

    id: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A document, or why there is none.

    `id` is what the input calls it, else None; `place` is where it was found, and names it then.
    `article` makes the article under the id that it is given, or raises `SummarizerError`; of
    `size` characters of plain text, if that is known.
    """

    id: str | None
    place: str
    digest: str
    article: Callable[[str], Article]
    size: int | None = None


def recorded(record: Mapping[str, object], place: str, fields: Fields) -> Found:
    """The document in a record, or why there is none."""
    try:
        draft = from_record(record, place, id_field=fields.id, text_field=fields.text)
    except InputError as error:
        # Under its own id, lest it is another document when it has been put right.
        own = own_id(record, fields.id)
        return unreadable(error, place, json.dumps(record, sort_keys=True).encode(), id=own)
    # Of all fields but the id: the same in whatever kind of table, and order of fields, they come.
    content = asdict(replace(draft, id=None))
    digest = sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()
    return Found(draft.id, place, digest, partial(_article, draft), len(draft.text))


def unreadable(
    error: SummarizerError,
    place: str,
    content: bytes,
    id: str | None = None,  # noqa: A002  the article's public field
) -> Found:
    """A document that can't be read; `content` is what came in its place."""
    return Found(id, place, sha256(content).hexdigest(), partial(_refuse, error))


def _article(draft: Draft, id: str) -> Article:  # noqa: A002  the article's public field
    return replace(draft, id=id).article()


def _refuse(error: SummarizerError, id: str) -> Article:  # noqa: A002  as in `_article`
    raise error
