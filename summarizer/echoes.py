"""What an endpoint repeats of its request, left out of what it says.

Servers and proxies quote a request in their errors: whole or in parts, as it is, or escaped for
JSON, Python or HTML, more than once where an error went through several of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

RUN = 20
"""As many letters and digits in a row that stand in the request as well are an echo."""
LOOKED_AT = 500
"""Characters; each costs a look through the whole request, and fewer are shown."""
GAP = "[…]"

_PIECES = re.compile(
    r"(?P<utf16>(?:\\+u[0-9a-f]{4})+)|(?P<octets>(?:\\+x[0-9a-f]{2})+)|\\+."
    r"|(?P<plain>\w|&#?\w{1,31};)",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"[\W_]+")


def without_echo(said: str, sent: Iterable[str]) -> str:
    """The start of what was `said`, without what it repeats of the texts that were `sent`.

    There is one gap in it, from the beginning of the first echo to the end of the last.
    """
    shown = said[:LOOKED_AT]
    letters, places = _letters(shown)
    if len(letters) < RUN:
        return shown
    known = "\n".join(_BETWEEN.sub("", text) for text in sent)
    starts = [n for n in range(len(letters) - RUN + 1) if letters[n : n + RUN] in known]
    if not starts:
        return shown
    begin, end = places[starts[0]][0], places[starts[-1] + RUN - 1][1]
    # Where `shown` breaks off, an echo may begin with too few letters to be known.
    return f"{shown[:begin]}{GAP}{shown[end:] if shown == said else ''}"


def _letters(said: str) -> tuple[str, list[tuple[int, int]]]:
    """The letters and digits that are meant, and where each of them stands."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for piece in _PIECES.finditer(said):
        for letter in _BETWEEN.sub("", _meant(piece)):
            letters.append(letter)
            places.append(piece.span())
    return "".join(letters), places


def _meant(piece: re.Match[str]) -> str:
    """The letter itself, or what an escape sequence stands for: but for these, no letter."""
    if piece["plain"]:
        return html.unescape(piece["plain"])
    if not (codes := piece["utf16"] or piece["octets"]):
        return ""
    octets = bytes.fromhex(re.sub(r"\\+.", "", codes))
    if piece["utf16"]:
        return octets.decode("utf-16-be", "replace")
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")
