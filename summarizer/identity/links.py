"""What speaks for two bearers being one: links between profiles, the surer ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.identity.bearers import PEOPLE, STATES, Profile
from summarizer.identity.bodies import country_of, state_keys
from summarizer.identity.spelling import spelt
from summarizer.identity.words import BODIES, FUNCTION

if TYPE_CHECKING:
    from summarizer.identity.designations import Designation

Links = Callable[[Sequence[Profile]], Iterator[Sequence[int]]]
"""From profiles to groups of their positions that may be one."""


def names_alike(profiles: Sequence[Profile]) -> Iterator[Sequence[int]]:
    """Those that are called the same."""
    yield from _by_key(profiles, lambda each: each.primary_keys)


def names_among_aliases(profiles: Sequence[Profile]) -> Iterator[Sequence[int]]:
    """Those of which the one is called what the other is called as well."""
    called = {key for each in profiles for key in each.primary_keys}
    yield from _by_key(profiles, lambda each: _telling(each) & called)


def names_respelt(profiles: Sequence[Profile]) -> Iterator[Sequence[int]]:
    """Those whose names are transliterations, or forms, of one name."""
    yield from _by_key(profiles, _respelt)


def states_and_bodies(profiles: Sequence[Profile]) -> Iterator[Sequence[int]]:
    """Those whose names say of which state they are, or which body of which state."""
    yield from _by_key(profiles, _public)


def aliases_alike(profiles: Sequence[Profile]) -> Iterator[Sequence[int]]:
    """Those that share an alias, and a word of what they are called in the first place.

    An alias alone may be a model's mistake: "Russia" of each of its ministries.
    """
    yield from _by_key(profiles, _telling_with_word)


def _telling(each: Profile) -> frozenset[str]:
    aliases = (name.key for name in each.aliases if not name.is_generic)
    return each.primary_keys.union(aliases)


def _telling_with_word(each: Profile) -> frozenset[str]:
    if not each.aliases:
        return frozenset()
    # What a body ends with says what it is: two institutes are both "the Institute".
    heads = frozenset() if PEOPLE in each.families else each.primaries
    words = {
        spelling
        for name in each.primaries
        for word in name.words
        if word not in BODIES and word not in FUNCTION
        for spelling in spelt((word,))
    }
    aliases = [
        name.key
        for name in each.aliases
        if not name.is_generic
        and country_of(name.written) is None
        and not any(_is_head(name, head) for head in heads)
    ]
    return frozenset(f"{alias} | {word}" for alias in aliases for word in words)


def _is_head(alias: Designation, name: Designation) -> bool:
    return alias.words[:1] == name.words[-1:] != name.words and len(alias.words) == 1


def _respelt(each: Profile) -> frozenset[str]:
    names = [name for name in each.primaries if not name.is_generic]
    found = frozenset().union(*(name.spellings for name in names))
    if not each.is_person():
        return found
    return found.union(*(_first_and_last(name) for name in names))


def _first_and_last(name: Designation) -> frozenset[str]:
    return spelt((name.full[0], name.full[-1])) if name.full else frozenset()


def _public(each: Profile) -> frozenset[str]:
    if STATES in each.families:
        return frozenset().union(*(state_keys(name.written) for name in each.primaries))
    return each.bodies


def _by_key(
    profiles: Sequence[Profile], keys: Callable[[Profile], frozenset[str]]
) -> Iterator[Sequence[int]]:
    holders: dict[str, list[int]] = {}
    for position, each in enumerate(profiles):
        for key in keys(each):
            holders.setdefault(key, []).append(position)
    yield from (holding for holding in holders.values() if len(holding) > 1)
