"""What an input says before it is an article, and the names under which records say it.

A record is a JSON object or a row of a table. Names of fields are known in any case. Under its
own name (`title`) a field must be a string, or the record is refused; under another (`author`
for the byline) one that can't be used is left out, since it may mean something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from summarizer.article import (
    Article,
    language_code,
    published_date,
    refuse_half_characters,
)
from summarizer.errors import InputError, excerpt

TEXT_FIELDS = ("text", "body", "content", "article")
METADATA = {
    "id": "id",
    "title": "title",
    "published": "published",
    "publisher": "publisher",
    "byline": "byline",
    "language": "language",
    "url": "url",
    "date": "published",
    "source": "publisher",
    "author": "byline",
    "lang": "language",
}
_MOST_NAMED = 12
_MOST_EXACT = 2.0**53
"""From here on a float doesn't hold each whole number, and two ids would become one."""
_TEXT_WANTED = (
    'Write {"text": "…", "title": "…", "published": "YYYY-MM-DD"}, or name the field that holds '
    "the text: summarizer batch --text-field."
)


@dataclass(frozen=True)
class Draft:
    """What an input says, before it is split into sentences."""

    text: str
    id: str | None = None
    title: str | None = None
    published: date | str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None

    def article(self, *, source_sha256: str | None = None) -> Article:
        """The article. For its errors see `Article.from_text`."""
        return Article.from_text(
            self.text,
            id=self.id,
            title=self.title,
            published=self.published,
            publisher=self.publisher,
            byline=self.byline,
            language=self.language,
            url=self.url,
            source_sha256=source_sha256,
        )


def from_record(
    record: Mapping[str, object],
    name: str,
    *,
    id_field: str | None = None,
    text_field: str | None = None,
) -> Draft:
    """What `record` says; `name` is what messages call it.

    The text is in `text_field`, else in the first of `TEXT_FIELDS` that isn't blank. The id is in
    `id_field`, else in "id"; a whole number is taken as its digits, written as `12.0` too.

    Raises `InputError` where there is no text, or a field is not a string.
    """
    known: dict[str, object] = {}
    for key, value in record.items():
        known.setdefault(key.strip().lower(), value)
    fields: dict[str, str] = {}
    for key, field in METADATA.items():
        value = known.get(key)
        if key == field:
            value = _string(value, key, name)
        if isinstance(value, str) and value.strip() and (key == field or fits(field, value)):
            fields.setdefault(field, value)
    if id_field is not None:
        own = _string(record.get(id_field), "id", name, shown=id_field)
        fields["id"] = own if own and own.strip() else ""
    return Draft(text=_text(record, known, name, text_field), **fields)


def own_id(record: Mapping[str, object], id_field: str | None = None) -> str | None:
    """What a record calls itself, as far as it can be read."""
    known = {key.strip().lower(): value for key, value in record.items()}
    value = _digits(known.get("id") if id_field is None else record.get(id_field))
    return value if isinstance(value, str) and value.strip() else None


def fits(field: str, value: str) -> bool:
    """Whether `value` can be what the metadata field says. A date or a language in words is no
    reason to refuse an input: it is as if it weren't there."""
    try:
        refuse_half_characters(value, field)
        if field == "published":
            published_date(value)
        elif field == "language":
            language_code(value)
    except InputError:
        return False
    return True


def _text(
    record: Mapping[str, object], known: Mapping[str, object], name: str, text_field: str | None
) -> str:
    if text_field is None:
        held = [(field, known[field]) for field in TEXT_FIELDS if field in known]
    else:
        held = [(text_field, record[text_field])] if text_field in record else []
    for _, value in held:
        if isinstance(value, str) and value.strip():
            return value
    if held and (held[0][1] is None or isinstance(held[0][1], str)):
        return ""
    wanted = "”, “".join(TEXT_FIELDS if text_field is None else (text_field,))
    wrong = f"“{held[0][0]}” is not a string" if held else f"it has {_names(record)}"
    raise InputError(f"{name} has no text in “{wanted}”: {wrong}.", hint=_TEXT_WANTED)


def _string(value: object, field: str, name: str, shown: str | None = None) -> str | None:
    if field == "id":
        value = _digits(value)
    if value is not None and not isinstance(value, str):
        raise _not_a_string(shown or field, name)
    return value


def _digits(value: object) -> object:
    """A whole number as its digits, anything else as it is."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT:
        return str(int(value))  # pandas writes 12.0 in a column where a number is missing
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _not_a_string(field: str, name: str) -> InputError:
    return InputError(
        f"“{excerpt(field)}” in {name} is not a string.", hint="Write it as one, or leave it out."
    )


def _names(record: Mapping[str, object]) -> str:
    names = [f"“{excerpt(name)}”" for name in list(record)[:_MOST_NAMED]]
    more = len(record) - len(names)
    return ", ".join(names) + (f" and {more} more" if more > 0 else "") if names else "no field"
