"""Words in quotation marks: the article's, and in the sentences that are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.checks.check import Check, Problem
from summarizer.checks.names import is_of_one_language
from summarizer.checks.statements import Statement
from summarizer.errors import excerpt
from summarizer.names import normal_form
from summarizer.results import IssueKind

_QUOTED = re.compile(
    r"“([^“”]{1,1000})”|\"([^\"]{1,1000})\"|«([^«»]{1,1000})»|„([^„“”]{1,1000})[“”]"
    r"|「([^「」]{1,1000})」|(?<!\w)‘([^‘’]{1,1000})’(?!\w)|(?<!\w)'([^']{2,1000})'(?!\w)"
)
_MARK = re.compile("[“\"«„「‘']")
"""What a quotation begins with; most texts have none."""
_LEFT_OUT = re.compile(r"\[[^\]]{0,200}\]|…|\.\.\.")

SHORT = 4
"""Words in quotation marks that may be what the article calls a thing, wherever it does."""


def find_quotations(statement: Statement) -> Iterator[Problem]:
    """What stands in quotation marks and not in the cited sentences, or one step away."""
    for told in statement.texts:
        if not _MARK.search(told.value) or not is_of_one_language(statement, told.value):
            continue
        for match in _QUOTED.finditer(told.value):
            quoted = next(filter(None, match.groups()))
            if missing := _missing(statement, quoted):
                message = f"“{excerpt(missing)}” is in quotation marks, but not in the article's"
                yield Problem(f"{message} words in the cited sentences.", told.path)
                break


def _missing(statement: Statement, quoted: str) -> str | None:
    """The part of a quotation that isn't there; what was left out of it is marked as such."""
    passage = statement.passage
    within = " ".join(map(passage.text, statement.sentences_within))
    near = [statement.quote, within, statement.near, passage.article.title or ""]
    texts = [f" {normal_form(text)} " for text in near]
    for part in _LEFT_OUT.split(quoted):
        form = normal_form(part)
        plain = form if not form.isascii() and form.upper() == form else f" {form} "
        if len(form.split()) <= SHORT and passage.index.holds(part.strip()):
            continue
        if form and not any(plain in text for text in texts):
            return part.strip()
    return None


QUOTATIONS = Check(
    "quotations",
    find_quotations,
    IssueKind.QUOTE_UNSUPPORTED,
    blind="Words that are quoted without marks, and who said them.",
)
