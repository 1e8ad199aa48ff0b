"""HTML by functions: whatever is not `Html` already is text, and gets escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

Attributes = Mapping[str, str | None]
_VOID = frozenset(("meta",))


class Html(str):
    """Text that is markup. Made by `el` and `join` alone, and from our own files."""

    __slots__ = ()


def el(name: str, attributes: Attributes | None = None, *children: str) -> Html:
    """An element. An attribute that is None is left out; a child that is not `Html` is text."""
    given = (attributes or {}).items()
    written = "".join(
        f' {key}="{html.escape(value, quote=True)}"' for key, value in given if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def join(children: Iterable[str]) -> Html:
    """Children one after the other; those that are not `Html` are text."""
    return Html("".join(c if isinstance(c, Html) else html.escape(c) for c in children))
