"""Text from articles, answers and servers, made safe to lay out.

Escaping for HTML or Markdown is the renderer's work; this takes out what no renderer should
pass on: characters that steer a terminal or turn the direction of the text around them.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
_STEERING = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0 and C1: escape sequences begin here
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides and isolates
    "\ufff9-\ufffb"  # interlinear annotation
    "\U000e0000-\U000e007f"  # tags: text that no reader sees
    "]"
)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` on one line, without control characters and bidi overrides.

    Left-to-right and right-to-left marks, joiners and everything else that a script needs to
    be written stay. The article itself is not changed: offsets count in `Article.text`.
    """
    kept = _LONE_SURROGATES.sub("\ufffd", _STEERING.sub("", text))
    return _SPACES.sub(" ", kept).strip()


def shorten(text: str, limit: int) -> str:
    """`text`, or as many whole words of it as fit into `limit` characters, and an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    words = cut.rsplit(" ", 1)[0]
    # Scripts without spaces, and addresses, are cut where the limit falls.
    return (words if len(words) > limit // 2 else cut).rstrip(" ,;:.–—-") + "…"


def web_address(url: str) -> str | None:
    """`url` if it is an http or https address with a host, else None: never a link."""
    if url != clean(url) or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
