"""Marks that a field carries for the code around it: inert, read by nobody in this package.

They go into `Annotated[...]` and mean nothing to Pydantic. Three readers follow them: the **wire
schema** (what is asked of the model, and in which size of record), **merging** (which items of two
windows are one), and the **evals** (what is compared, and how).

`Ref` and `Limit(chars=…)` say something of one string, and stand on it: `list[Annotated[str,
Ref("parties")]]`. All the others say something of the field, and stand around its whole type:
`Annotated[list[PartyRef], FullOnly()]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True)
class Ref:
    """The string is a reference to an item of the top-level list `section`.

    Wire: the model writes a name, which code turns into the item's id. Merging: the id follows
    the item into the merged record. Evals: two references match when the items' names do.

    With `or_text`, the string may as well be free text: where no item of that name exists, or the
    schema has no such section, it is left as it was written.
    """

    section: str
    or_text: bool = False


@dataclass(frozen=True)
class Key:
    """Merging goes by this field: items that agree on every `Key` are the same item.

    Wire: nothing. Evals: one that is `Verbatim` as well names the item, see `Naming`; what items
    are aligned on is marked `Anchor`.
    """


@dataclass(frozen=True)
class Verbatim:
    """A name as it stands in the article, in its language and script; it must occur there.

    Wire: may be a closed list of the names that occur; one that doesn't goes to mending. Merging
    and evals: compared by the normal form of names.
    """


@dataclass(frozen=True)
class FullOnly:
    """Asked of the model only in the `full` size of record; null or empty in `core`.

    Evals: a run in the `core` size is not scored on it.
    """


@dataclass(frozen=True)
class FromEvidence:
    """Prose that the cited sentences hold already.

    Wire: asked for in `full`; in `core`, code fills it with the cited sentences if the item can't
    do without. With `cue`, a regular expression, the text begins where it first matches. Merging:
    the text follows the evidence. Evals: compared as free text, with a penalty on length.
    """

    cue: str | None = None


@dataclass(frozen=True)
class FirstMentions:
    """Evidence that code finds: the first mentions of the item's name and aliases.

    Wire: never asked for. Merging: found anew for the merged item.
    """


@dataclass(frozen=True)
class ByCode:
    """Set by code from other fields (an id, a resolved date, a band), never by the model.

    Wire: absent. Merging and evals: follows from the fields that it is made of.
    """


@dataclass(frozen=True)
class Limit:
    """How much a grammar lets a model write here, so that none runs away.

    Wire, profile `grammar` only: at most `chars` code points in a string, at most `items` in a
    list. Where the lists are closed, an item whose list could not hold `least` is not asked for.
    Stored records are not held to any of it.
    """

    chars: int | None = None
    items: int | None = None
    least: int | None = None


PartyRef = Annotated[str, Ref("parties"), Limit(chars=80)]
"""A reference to a party."""
PartyOrText = Annotated[str, Ref("parties", or_text=True), Limit(chars=80)]
"""A reference to a party, or the article's words for whoever is meant."""


@dataclass(frozen=True)
class FromTitle:
    """On a text of the record's own: the article's title will do, where it has one.

    Wire: where the lists are closed for a small model, code fills it with the title, or else with
    the heading that the article opens with; without either the model writes it.
    """


@dataclass(frozen=True)
class Cued:
    """On a section: which sentences can carry its items, by the English words in them.

    Wire: where the lists are closed for a small model, only sentences in which `pattern` matches
    (see `schemas.cues`) are offered, the `most` likeliest of them. With `speaker`, a sentence must
    name who speaks in it, too. Two items of the same values are one event told twice if they have
    `retold` of their names in common: 1 for all of them, less for a share of the shorter list.
    """

    pattern: str
    most: int
    speaker: bool = False
    retold: float = 1.0


@dataclass(frozen=True)
class NotFor:
    """On a field of an item: not asked where the item's type can only be one of these values.

    Wire: an exercise has no targets, and a small model that is asked for some makes them up.
    """

    values: frozenset[str]


@dataclass(frozen=True)
class NotSource:
    """On a list of references: whoever tells of the item is not in it, if others are.

    Wire: where the lists are closed, the speaker of a sentence is offered only if nobody else is.
    """


@dataclass(frozen=True)
class NotOf:
    """On a reference: what it can't refer to, by the `kind` that a name tells.

    Wire: where the lists are closed, such names are not offered: an outlet that reports a view is
    not the one who holds it.
    """

    kinds: frozenset[str]


@dataclass(frozen=True)
class Anchor:
    """Evals: two items are aligned only if they agree, at least in part, on a field so marked.

    A class that marks none is anchored on what names its items. Where neither item fills any of its
    anchors, or the class has none, their likeness decides.
    """


@dataclass(frozen=True)
class Alike:
    """On the type of an item. Evals: only items of compatible types are aligned.

    Two types are compatible if they are the same or if one of `families` holds both; a type that is
    null goes with any.
    """

    families: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Broader:
    """On a field of a closed list. Evals: a value in place of its parent, or the other way about,
    earns one half. `parents` are pairs of a value and the broader one above it.
    """

    parents: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Naming:
    """The string, or each of the list, is a name of the item.

    Evals: items that share a name, in normal form, are the same for every reference to them. In a
    class that marks no field so, a string that is both `Verbatim` and a `Key` is its items' name.
    """


@dataclass(frozen=True)
class Exactly:
    """On a string. Evals: a code and no prose; equal or not."""


@dataclass(frozen=True)
class Weight:
    """Evals: how much one value of the field counts, where others count 1."""

    value: float


@dataclass(frozen=True)
class Unscored:
    """Evals: not compared, since a reader's labels don't settle it, or other fields hold it."""
