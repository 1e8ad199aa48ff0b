"""A result as HTML: a page of its own, or a fragment for a notebook. Neither needs a network."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summarizer.view.markup import Html, el
from summarizer.view.parts import Parts
from summarizer.view.values import plain
from summarizer.view.walk import outline

if TYPE_CHECKING:
    from summarizer.results import Result


def page(result: Result[Any]) -> str:
    """One self-contained HTML document: the record beside the article.

    Its content policy forbids everything but its own style and script, which it names by hash.
    Without JavaScript the links between items and sentences still work.
    """
    style, script = _asset("style.css"), _asset("script.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    shown = outline(result)
    parts = Parts(shown)
    title = plain(shown.heading.lead)
    head = el(
        "head",
        None,
        el("meta", {"charset": "utf-8"}),
        el("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        el("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        el("meta", {"name": "color-scheme", "content": "light dark"}),
        el("meta", {"name": "referrer", "content": "no-referrer"}),
        el("title", None, title),
        el("style", None, style),
    )
    body = el(
        "body",
        {"class": "sv sv-page"},
        el("a", {"class": "sv-skip", "href": "#article"}, "Skip to the article"),
        el("main", {"id": "record", "class": "sv-record"}, parts.record()),
        el(
            "aside",
            {"id": "article", "class": "sv-article", "aria-label": "Article", "tabindex": "0"},
            parts.article(),
        ),
        el(
            "div",
            {"class": "sv-bar"},
            el("p", {"role": "status"}),
            el("button", {"type": "button", "hidden": ""}, "Back"),
        ),
        el("script", None, script),
    )
    return f"<!doctype html>\n{el('html', {'lang': 'en'}, head, body)}\n"


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


@lru_cache(maxsize=2)
def _asset(name: str) -> Html:
    return Html(files("summarizer.view").joinpath(name).read_text(encoding="utf-8"))


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
