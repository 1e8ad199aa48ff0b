"""Scores of others, as configurations of the kernel: what a pair is worth is all that differs.

Each configuration is a function that looks at one gold and one predicted item and says how the
pair would count, or None if they can't be a pair. `tally` turns that into gains, lets the kernel
align, and counts. MUC-4's arithmetic on the counts is `Tally` itself.

They serve to check the kernel against numbers that others have published
(`tests/test_conformance.py`), and to score in their terms where one wants to.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar

import numpy as np

from summarizer.evals.kernel import align
from summarizer.evals.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

Verdict: TypeAlias = Literal["correct", "partial", "incorrect"]
Scheme: TypeAlias = Literal["strict", "exact", "partial", "type"]

GAIN: dict[Verdict | None, float] = {"correct": 1.0, "partial": 0.5, "incorrect": 1e-4, None: 0.0}
"""A pair's gain is the credit that it earns. An incorrect pair earns none, yet is better made than
not, as one error instead of two; so it gains the least that is told apart from nothing, and
it would take thousands of such pairs to cost a correct one."""

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(?:an?|the)\b")

_Gold = TypeVar("_Gold")
_Predicted = TypeVar("_Predicted")


def tally(
    gold: Sequence[_Gold],
    predicted: Sequence[_Predicted],
    verdict: Callable[[_Gold, _Predicted], Verdict | None],
) -> Tally:
    """The counts of the alignment that earns most, where `verdict` says how a pair would count."""
    verdicts: list[list[Verdict | None]] = [
        [verdict(one, other) for other in predicted] for one in gold
    ]
    gain = np.array([[GAIN[each] for each in row] for row in verdicts], dtype=np.float64)
    pairs = align(gain.reshape(len(gold), len(predicted)))
    made = Counter(verdicts[row][column] for row, column in pairs)
    return Tally(
        correct=made["correct"],
        partial=made["partial"],
        incorrect=made["incorrect"],
        spurious=len(predicted) - len(pairs),
        missing=len(gold) - len(pairs),
    )


def ceaf_ree(gold: Sequence[Collection[str]], predicted: Sequence[Collection[str]]) -> Tally:
    """CEAF-REE, the score of role-filler entities, of one role in one document.

    Source: X. Du, A. Rush and C. Cardie, "GRIT: Generative Role-filler Transformers for
    Document-level Event Entity Extraction", EACL 2021.

    An entity is the collection of its mentions, each brought to `plain_mention` here. A pair is
    correct (their φ is 1) if all mentions of the predicted entity are among the gold entity's,
    and can't be made otherwise, so that nothing is ever partial or incorrect. Their P, R and F are
    `precision`, `recall` and `f`; over documents, roles, or both, those of the sum of the tallies.
    """
    return tally(_plain(gold), _plain(predicted), _within)


def plain_mention(mention: str) -> str:
    """A mention as CEAF-REE compares it: lower case, no ASCII punctuation, no English articles."""
    bare = mention.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLE.sub(" ", bare).split())


def _plain(entities: Sequence[Collection[str]]) -> list[frozenset[str]]:
    return [frozenset(map(plain_mention, mentions)) for mentions in entities]


def _within(gold: frozenset[str], predicted: frozenset[str]) -> Verdict | None:
    return "correct" if predicted <= gold else None


class Span(NamedTuple):
    """A labelled stretch of tokens, from `first` to `last`, both of them in it."""

    label: str
    first: int
    last: int


def spans(gold: Sequence[Span], predicted: Sequence[Span], scheme: Scheme) -> Tally:
    """The counts of one text by a scheme of SemEval-2013 task 9.1, as nervaluate has them.

    Only spans that share a token can be a pair. It is correct, by `scheme`, if

    - `strict`: both ends and the label are the same, else incorrect;
    - `exact`: both ends are the same, else incorrect;
    - `partial`: both ends are the same, else partial;
    - `type`: the label is the same, else incorrect (nervaluate calls this scheme `ent_type`).

    The P and R of the package nervaluate are `precision` and `recall`, and 0 where these are
    None.

    It does not look for the best alignment: prediction after prediction takes a gold span that
    is still free, a correct one first. Where the spans of either side don't overlap one
    another, as a tagger's never do, that makes no difference to three of the schemes: a pair with
    the same ends touches nothing else, and from left to right no pair is lost. By `type` it may:
    of two predictions, the first can take the gold span that alone the second could have had. The
    counts here are then the better ones, and don't depend on the order of the predictions.
    """
    return tally(gold, predicted, _SCHEMES[scheme])


def _strict(gold: Span, predicted: Span) -> Verdict | None:
    return _if_they_touch(gold, predicted, "correct" if gold == predicted else "incorrect")


def _exact(gold: Span, predicted: Span) -> Verdict | None:
    return _if_they_touch(gold, predicted, "correct" if gold[1:] == predicted[1:] else "incorrect")


def _partial(gold: Span, predicted: Span) -> Verdict | None:
    return _if_they_touch(gold, predicted, "correct" if gold[1:] == predicted[1:] else "partial")


def _type(gold: Span, predicted: Span) -> Verdict | None:
    same = gold.label == predicted.label
    return _if_they_touch(gold, predicted, "correct" if same else "incorrect")


def _if_they_touch(gold: Span, predicted: Span, verdict: Verdict) -> Verdict | None:
    touch = gold.first <= predicted.last and predicted.first <= gold.last
    return verdict if touch else None


_SCHEMES: dict[Scheme, Callable[[Span, Span], Verdict | None]] = {
    "strict": _strict,
    "exact": _exact,
    "partial": _partial,
    "type": _type,
}
