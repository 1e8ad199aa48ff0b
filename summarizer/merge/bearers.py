"""Who the items of a section are that are told by their names, and whom references to it mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.identity import Bearer, Identities
from summarizer.merge.meanings import plainly
from summarizer.names import without_title
from summarizer.schemas.vocabularies import PartyKind
from summarizer.wire import Held, Kind, Node

if TYPE_CHECKING:
    from summarizer.grounding import Item, Source
    from summarizer.linking import Section

_KINDS = frozenset(kind.value for kind in PartyKind)


class Who:
    """Who is meant in one section, by the names of its items and those that references hold."""

    def __init__(
        self, section: Section, referred: Sequence[str], identities: Identities, source: Source
    ) -> None:
        self._section = section
        self._source = source
        told = ((item, tuple(names_of(section, item))) for item in section.items)
        borne = {item: names for item, names in told if any(names)}
        items, forms = [*borne], {plainly(name) for names in borne.values() for name in names}
        self._loose = [name for name in referred if plainly(name) not in forms]
        entries = [*self._entries(borne), *map(self._of_name, self._loose)]
        self.groups: dict[Item, int] = {}
        """By item, a number that those of one bearer share."""
        self._names: dict[int, list[str]] = {}
        for number, group in enumerate(identities.same(entries)):
            for place in group:
                if place < len(items):
                    self.groups[items[place]] = number
                else:
                    self._names.setdefault(number, []).append(self._loose[place - len(items)])

    def names(self, bearers: Mapping[int, Item]) -> dict[str, str]:
        """By other names that references hold, the name of whom they mean.

        `bearers` are the items that stand for each number of `groups` in the end.
        """
        names: dict[str, str] = {}
        for number, written in self._names.items():
            item = bearers.get(number)
            if item is not None:
                full = next(names_of(self._section, item))
            elif len(written) > 1:
                full = fullest([without_title(name) for name in written], self._source)
            else:
                continue
            names |= {name: full for name in written if name != full}
        return names

    def _entries(self, borne: Mapping[Item, Sequence[str]]) -> list[Bearer]:
        answers = self._section.answers
        # Whom one answer lists apart are two, whatever it says of their other names.
        listed = Counter((answers.get(item), plainly(names[0])) for item, names in borne.items())
        entries = []
        for item, (name, *others) in borne.items():
            listing = answers.get(item)
            aliases = (other for other in others if not listed[listing, plainly(other)])
            entries.append(self._bearer((name, *aliases), item.data))
        return entries

    def _of_name(self, name: str) -> Bearer:
        bare = without_title(name)
        return self._bearer((bare,), make(bare) if (make := self._section.from_name) else {})

    def _bearer(self, names: tuple[str, ...], told: Mapping[str, Any]) -> Bearer:
        kind, country = told.get("kind"), told.get("country")
        return Bearer(
            names,
            kind=str(kind) if kind in _KINDS else None,
            country=country if isinstance(country, str) else None,
            groups=tuple(self._groups(told)),
        )

    def _groups(self, told: Mapping[str, Any]) -> Iterator[str]:
        """The names of other items of the section that one belongs to."""
        for slot in self._section.node.referring:
            value = told.get(slot.name)
            if slot.node.listed.section == self._section.slot.name and isinstance(value, list):
                yield from map(str, value)


def names_of(section: Section, item: Item) -> Iterator[str]:
    """The names that an item goes by in the article: translations are none."""
    for slot in section.node.names:
        if slot.node.listed.held is not Held.FREE:
            value = item.data.get(slot.name) or []
            yield from [value] if isinstance(value, str) else value


def name_fully(section: Section, item: Item, items: Sequence[Item], source: Source) -> None:
    """Call an item by the fullest name of those that it is, and keep the others as its aliases.

    What its class has no list for is not kept.
    """
    own = next((slot for slot in section.node.names if slot.node.kind is Kind.NAME), None)
    if own is None:
        return
    full = fullest([each.data[own.name] for each in items if each.data.get(own.name)], source)
    item.data[own.name] = full
    listing = next((slot for slot in section.node.names if _lists_names(slot.node)), None)
    if listing is None:
        return
    others = [name for each in items for name in names_of(section, each)]
    by_form = {plainly(name): name for name in sorted(others, key=lambda n: _place(n, source))}
    aliases = [name for form, name in by_form.items() if form != plainly(full)]
    if {*map(plainly, item.data.get(listing.name) or ())} != {*map(plainly, aliases)}:
        item.data[listing.name] = aliases


def fullest(names: Sequence[str], source: Source) -> str:
    """The name of most words, titles left out; of several the first in the article."""
    return min(names, key=lambda name: (*_fullness(name), _place(name, source), name))


def _fullness(name: str) -> tuple[int, int]:
    # "President Ana Ruiz" has more words than "Ana Ruiz", and is not the fuller name.
    return -len(without_title(name).split()), len(name.split())


def _place(name: str, source: Source) -> float:
    found = source.article.text.find(name)
    return float("inf") if found < 0 else found


def _lists_names(node: Node) -> bool:
    return node.kind is Kind.LIST and node.listed.kind is Kind.NAME
