"""What a check is: a small pure function with a name, a severity and a kind of issue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.results import IssueKind, Severity

if TYPE_CHECKING:
    from summarizer.checks.statements import Statement


@dataclass(frozen=True)
class Problem:
    """What a check holds against a statement.

    `message` is short, for it is shown to the model as well as to the reader: what is wrong, in
    words of the record and the article. `field` is a JSON Pointer from the statement's object to
    the value at fault; empty, if it is the whole.
    """

    message: str
    field: str = ""

    def __post_init__(self) -> None:
        if self.field and not self.field.startswith("/"):
            raise ValueError(f"{self.field!r} is no JSON Pointer: it begins with a slash.")


@dataclass(frozen=True)
class Check:
    """One thing that is held against every statement of a record.

    `find` gets a `Statement` (an object of the record that cites sentences) and yields what is
    wrong with it; it reads and changes nothing else. What it finds is an issue of `kind`. Of
    severity ``error``, the item is not supported, and goes to mending or is dropped, by the policy;
    of ``warning`` or ``info``, it is only told. `languages` are ISO 639-1 codes of the articles
    that it can judge; None is every language. `blind` says, in a sentence, what it can't see.
    """

    name: str
    find: Callable[[Statement], Iterable[Problem]]
    kind: IssueKind = IssueKind.UNSUPPORTED
    severity: Severity = Severity.ERROR
    languages: frozenset[str] | None = None
    blind: str = ""
    bearers: bool = False
    """Whether it is asked as well about items that say only who they are, and cite nothing."""

    def applies_to(self, language: str | None) -> bool:
        """Whether it can judge an article in a language; one that isn't known is taken for any."""
        return self.languages is None or language is None or language in self.languages
