"""A result as HTML: a page of its own, or a fragment for a notebook. Neither needs a network."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from summarizer.view.markup import Html, el
from summarizer.view.parts import Parts
from summarizer.view.shell import asset, bar, document
from summarizer.view.values import plain
from summarizer.view.walk import outline

if TYPE_CHECKING:
    from summarizer.results import Result


def page(result: Result[Any]) -> str:
    """One self-contained HTML document: the record beside the article.

    Without JavaScript the links between items and sentences still work.
    """
    shown = outline(result)
    parts = Parts(shown)
    return document(
        plain(shown.heading.lead),
        "sv sv-page",
        el("a", {"class": "sv-skip", "href": "#article"}, "Skip to the article"),
        el("main", {"id": "record", "class": "sv-record"}, parts.record()),
        el(
            "aside",
            {"id": "article", "class": "sv-article", "aria-label": "Article", "tabindex": "0"},
            parts.article(),
        ),
        bar(),
        style=_asset("style.css"),
        script=Html(_asset("bar.js") + _asset("script.js")),
    )


def fragment(result: Result[Any]) -> str:
    """The same content for a notebook: one column, scoped styles, no script.

    Its ids begin with a hash of the result, so that two of them in one notebook don't meet.
    """
    content = result.model_dump_json().encode("utf-8", "surrogatepass")
    prefix = f"sv-{hashlib.sha256(content).hexdigest()[:10]}-"
    parts = Parts(outline(result), prefix, top=2)
    return el(
        "div",
        {"class": "sv sv-fragment", "id": f"{prefix}view"},
        el("style", None, _asset("style.css")),
        el("div", {"class": "sv-record"}, parts.record()),
        el(
            "div",
            {"class": "sv-article", "role": "region", "aria-label": "Article", "tabindex": "0"},
            parts.article(),
        ),
    )


def _asset(name: str) -> Html:
    return asset("summarizer.view", name)
