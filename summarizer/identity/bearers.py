"""Who may be who: the entries of a list, what is known of each, and what keeps two apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from summarizer.identity.bodies import body_keys
from summarizer.identity.designations import Designation, designation
from summarizer.names import normal_form
from summarizer.schemas.kinds import kind_of
from summarizer.schemas.vocabularies import PartyKind


class Bearer(NamedTuple):
    """One entry of a list: who it may be.

    `names` are as written in the article, the name first and then its aliases; `kind` is a value
    of `PartyKind`, `country` an ISO 3166 alpha-3 code, where they are known; `groups` are names of
    what it belongs to.
    """

    names: tuple[str, ...]
    kind: str | None = None
    country: str | None = None
    groups: tuple[str, ...] = ()


_ARTICLE = re.compile(r"^[Tt]he\s+")
_FAMILIES: tuple[frozenset[PartyKind], ...] = (
    frozenset({PartyKind.STATE}),
    frozenset(
        {PartyKind.GOVERNMENT_BODY, PartyKind.LAW_ENFORCEMENT, PartyKind.INTELLIGENCE_SERVICE}
    ),
    frozenset({PartyKind.ARMED_FORCE, PartyKind.PARAMILITARY, PartyKind.NON_STATE_ARMED_GROUP}),
    frozenset({PartyKind.IGO, PartyKind.ALLIANCE}),
    frozenset({PartyKind.NGO, PartyKind.THINK_TANK, PartyKind.POLITICAL_PARTY}),
    frozenset({PartyKind.MEDIA, PartyKind.COMPANY}),
    frozenset({PartyKind.OFFICIAL, PartyKind.EXPERT}),
    frozenset({PartyKind.CIVILIAN_GROUP}),
)
"""Kinds that readers take for one another. What is of no family (`other`) may be of any."""
_FAMILY = {kind.value: family for family in _FAMILIES for kind in family}
PEOPLE = _FAMILY[PartyKind.OFFICIAL.value]
STATES = _FAMILY[PartyKind.STATE.value]


@dataclass(frozen=True)
class Profile:
    """What is known of one bearer, or of several that are one."""

    primaries: frozenset[Designation]
    """What it is called in the first place."""
    aliases: frozenset[Designation]
    families: frozenset[frozenset[PartyKind]]
    countries: frozenset[str]
    groups: frozenset[str]
    """The keys of what it belongs to."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all its names."""
        return frozenset(name.key for name in self.primaries | self.aliases)

    @cached_property
    def primary_keys(self) -> frozenset[str]:
        """The keys of what it is called in the first place."""
        return frozenset(name.key for name in self.primaries)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Which bodies of which state it is called."""
        if not self.families.isdisjoint({STATES, PEOPLE}):
            return frozenset()
        governing = any(PartyKind.GOVERNMENT_BODY in family for family in self.families)
        country = next(iter(self.countries)) if len(self.countries) == 1 else None
        return frozenset().union(
            *(body_keys(name.written, country, governing=governing) for name in self.primaries)
        )

    def is_person(self) -> bool:
        """Whether it can be one person, as far as its kind and its names tell."""
        return self.families <= {PEOPLE} and any(name.is_personal for name in self.primaries)


def profile(bearer: Bearer, spelt_out: Mapping[str, str]) -> Profile | None:
    """What is known of a bearer; None where it bears no name.

    Abbreviations that are `spelt_out` are the names that they stand for.
    """
    written = [spelt_out.get(normal_form(name), name) for name in bearer.names]
    names = [found for name in written if (found := designation(name)).key]
    if not names:
        return None
    kind = bearer.kind or kind_of(_ARTICLE.sub("", bearer.names[0]))
    family = _FAMILY.get(kind) if kind else None
    return Profile(
        primaries=frozenset(names[:1]),
        aliases=frozenset(names[1:]) - {names[0]},
        families=frozenset({family} if family else ()),
        countries=frozenset({bearer.country} if bearer.country else ()),
        groups=frozenset(designation(name).key for name in bearer.groups) - {names[0].key, ""},
    )


def joined(profiles: Iterable[Profile]) -> Profile:
    """What is known of those that are one."""
    parts = list(profiles)
    if len(parts) == 1:
        return parts[0]
    return Profile(
        primaries=frozenset().union(*(each.primaries for each in parts)),
        aliases=frozenset().union(*(each.aliases for each in parts)),
        families=frozenset().union(*(each.families for each in parts)),
        countries=frozenset().union(*(each.countries for each in parts)),
        groups=frozenset().union(*(each.groups for each in parts)),
    )


def apart(one: Profile, other: Profile) -> bool:
    """Whether two profiles can't be of one bearer, whatever speaks for it."""
    shared = one.primary_keys & other.primary_keys
    if not shared and (one.keys & other.groups or other.keys & one.groups):
        return True
    if one.countries and other.countries and one.countries.isdisjoint(other.countries):
        # A name of its own is one bearer's, whatever a country was taken for; a person's or an
        # office's is not.
        named = any(n.key in shared and not n.is_generic for n in one.primaries)
        if not named or PEOPLE in one.families or PEOPLE in other.families:
            return True
    if shared:
        return False
    if one.families and other.families and one.families.isdisjoint(other.families):
        return True
    if one.primary_keys & other.keys or other.primary_keys & one.keys:
        return _differ(one, other)
    if one.is_person() and other.is_person():
        return not any(a.may_be_person(b) for a in one.primaries for b in other.primaries)
    if one.bodies and other.bodies and one.bodies.isdisjoint(other.bodies):
        return True
    return _differ(one, other)


def _differ(one: Profile, other: Profile) -> bool:
    """Whether what they are called differs in a number, a direction or a negation."""
    return any(a.differs(b) for a in one.primaries for b in other.primaries)
