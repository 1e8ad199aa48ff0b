"""The document around a page: one file that loads nothing and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files

from summarizer.view.markup import Html, el


def document(title: str, body_class: str, *children: Html, style: Html, script: Html) -> str:
    """A whole HTML document in English; the script comes last in its body.

    Its content policy forbids everything but the style and the script, which it names by hash.
    """
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
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
    body = el("body", {"class": body_class}, *children, el("script", None, script))
    return f"<!doctype html>\n{el('html', {'lang': 'en'}, head, body)}\n"


def bar() -> Html:
    """The bar in which a script says what it highlights, with a button that leads back."""
    button = el("button", {"type": "button", "hidden": ""}, "Back")
    return el("div", {"class": "sv-bar"}, el("p", {"role": "status"}), button)


@lru_cache(maxsize=8)
def asset(package: str, name: str) -> Html:
    """A file of ours that lies beside the modules of a package: a style or a script."""
    return Html(files(package).joinpath(name).read_text(encoding="utf-8"))


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
