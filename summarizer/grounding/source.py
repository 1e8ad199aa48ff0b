"""What answers are held against: the article, its names, and the instructions."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from summarizer.grounding.prose import Prose
from summarizer.identity import Identities
from summarizer.names import NameIndex, candidates, normal_form, standing_names
from summarizer.names.letters import Letters
from summarizer.residue import residue

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.forms import Form
    from summarizer.windows import Window

MOST_MENTIONS = 3
"""As many first mentions as code cites for an item that is cited by its mentions."""


class Source:
    """An article, or a window of it, as what answers are held against.

    `instructions` is the static prompt: its words are not the article's. `output_language` is what
    free text is in, as an English word; None where the model may choose.
    """

    def __init__(
        self, article: Article, instructions: str = "", output_language: str | None = "English"
    ) -> None:
        self.article = article
        self.form: Form | None = None
        """What closed the answer's lists, if something did."""
        self.sentences = range(1, article.sentence_count + 1)
        """The numbers of the sentences in hand, furniture among them."""
        self._instructions = instructions
        self._output_language = output_language

    def within(self, window: Window) -> Source:
        """The same article with one window of it in hand.

        Only its sentences can be cited, and only their names are candidates. Names and free text
        are held against the whole article, and first mentions are those of the whole.
        """
        # What is of the whole article is worked out once, however many windows there are.
        _ = self.names, self.identities, self.prose, self.furniture, self._candidate_words
        part = copy(self)
        part.form = None
        part.sentences = window.sentences
        for own in ("citable", "candidates"):
            vars(part).pop(own, None)
        return part

    @cached_property
    def names(self) -> NameIndex:
        """Where names stand."""
        return NameIndex(self.article)

    @cached_property
    def letters(self) -> Letters:
        """How words are written."""
        return Letters(self.article)

    @cached_property
    def identities(self) -> Identities:
        """Who is who."""
        return Identities(self.article)

    @cached_property
    def prose(self) -> Prose:
        """What free text is held against."""
        return Prose(self.article, self.names, self._instructions, self._output_language)

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """The names that stand by their capitals in the sentences in hand."""
        return candidates(self.article, self.sentences)

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The sentences that are the page's and not the article's."""
        return residue(self.article)

    @cached_property
    def citable(self) -> frozenset[int]:
        """The sentence numbers that an item may cite."""
        return frozenset(self.sentences) - self.furniture

    def line(self, number: int) -> str:
        """A sentence, its white space made single blanks."""
        return self.article.line(number)

    def evidence(self, number: int) -> dict[str, Any]:
        """The receipt for one sentence."""
        start, end = self.article.span(number)
        quote = self.article.text[start:end]
        return {"sentence": number, "start": start, "end": end, "quote": quote}

    def mentions(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """Receipts for the first mentions of any of `names`."""
        found = {number for name in names for number in self.names.sentences(name)}
        return [self.evidence(n) for n in sorted(found - self.furniture)[:MOST_MENTIONS]]

    def reads_as_name(self, text: str) -> bool:
        """Whether `text` is a name by its capitals in the article, and no mere description."""
        return f" {normal_form(text)} " in self._candidate_words

    @cached_property
    def _candidate_words(self) -> str:
        # A candidate may be several names: "Dana Weck of the Corrin Institute".
        return " | ".join(["", *map(normal_form, standing_names(self.article)), ""])
