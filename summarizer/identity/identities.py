"""The identities of an article: which entries of a list are one, and whom a short name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from summarizer.identity.abbreviations import expansions
from summarizer.identity.bearers import Bearer, Profile, apart, joined, profile
from summarizer.identity.designations import designation
from summarizer.identity.links import (
    Links,
    aliases_alike,
    names_alike,
    names_among_aliases,
    names_respelt,
    states_and_bodies,
)
from summarizer.identity.partition import groups
from summarizer.identity.short import FullNames, abbreviations, eastern, surnames
from summarizer.names import normal_form, standing_names
from summarizer.schemas.kinds import kind_of

if TYPE_CHECKING:
    from summarizer.article import Article

_SMALL_WORD = re.compile(r"(?<!\w)[^\W\d_]\w*")


class _Cluster(NamedTuple):
    positions: tuple[int, ...]
    parts: tuple[Profile, ...]
    """What was joined: a guard that keeps any of it apart from another keeps all of it."""
    profile: Profile


def _cluster(positions: Iterable[int], parts: Iterable[Profile]) -> _Cluster:
    distinct = tuple(dict.fromkeys(parts))
    return _Cluster(tuple(sorted(positions)), distinct, joined(distinct))


class Identities:
    """Who is who in one article."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def same(self, bearers: Sequence[Bearer]) -> list[tuple[int, ...]]:
        """Which bearers are one: their positions, in order of the first of each.

        Every position is in one group, most often alone. The order of `bearers` makes no
        difference to who is with whom. A bearer without a name is alone.
        """
        clusters, nameless = self._alike(bearers)
        for links in self._links():
            clusters = _joined(clusters, links)
        return sorted([*(cluster.positions for cluster in clusters), *nameless])

    def known(self, name: str) -> str:
        """The fullest name in the article that a short one stands for, or `name` itself.

        "Andrei Volkonin" for "Volkonin" where nobody else has the surname, "International Atomic
        Energy Agency" for "IAEA" where the text spells it out.
        """
        spelt_out = self._spelt_out.get(normal_form(name))
        if spelt_out is not None:
            return spelt_out
        short = designation(name)
        if short.surname is None or kind_of(name) is not None:
            return name
        return self._full_names.fullest(short) or name

    @cached_property
    def _spelt_out(self) -> dict[str, str]:
        return expansions(self._article)

    @cached_property
    def _full_names(self) -> FullNames:
        words = {*_SMALL_WORD.findall(self._article.text)}
        small = frozenset(word for word in words if word[0].islower())
        return FullNames(standing_names(self._article), small)

    def _links(self) -> tuple[Links, ...]:
        """From the surest to the least sure."""
        # Not kept: one of them refers to this object, which would stay until Python looks for
        # such circles, with the article and all that is known of it.
        return (
            names_alike,
            names_among_aliases,
            names_respelt,
            states_and_bodies,
            aliases_alike,
            lambda profiles: surnames(profiles, lambda: self._full_names),
            abbreviations,
            eastern,
        )

    def _alike(self, bearers: Sequence[Bearer]) -> tuple[list[_Cluster], list[tuple[int, ...]]]:
        """Those that differ in nothing that could keep them apart, as one; and the nameless."""
        alike: dict[tuple[object, ...], list[tuple[int, Profile]]] = {}
        nameless: list[tuple[int, ...]] = []
        for position, bearer in enumerate(bearers):
            found = profile(bearer, self._spelt_out)
            if found is None:
                nameless.append((position,))
                continue
            sort = (found.primary_keys, found.families, found.countries)
            alike.setdefault(sort, []).append((position, found))
        clusters = [
            _cluster((position for position, _ in each), (one for _, one in each))
            for each in alike.values()
        ]
        return clusters, nameless


def _apart(one: _Cluster, other: _Cluster) -> bool:
    return any(apart(mine, its) for mine in one.parts for its in other.parts)


def _joined(clusters: list[_Cluster], links: Links) -> list[_Cluster]:
    profiles = [cluster.profile for cluster in clusters]
    found = groups(links(profiles), lambda one, other: _apart(clusters[one], clusters[other]))
    if not found:
        return clusters
    taken = {position for group in found for position in group}
    kept = [cluster for position, cluster in enumerate(clusters) if position not in taken]
    return kept + [
        _cluster(
            (position for one in group for position in clusters[one].positions),
            (part for one in group for part in clusters[one].parts),
        )
        for group in found
    ]
