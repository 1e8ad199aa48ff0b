"""Short forms: surnames, initials and abbreviations, each for the one full name that it fits.

What fits two is neither's. Names that stand in the article count, whether or not anyone bears them
in the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from summarizer.identity.bearers import PEOPLE, Profile
from summarizer.identity.designations import Designation, designation
from summarizer.identity.spelling import spelt
from summarizer.identity.words import EASTERN_OFFICES, FUNCTION
from summarizer.schemas.kinds import kind_of

_ROLE = re.compile(r"(?:ist|yst|er|or|ian|ant|man|woman|eur|ier)$")
_CAPITALS = re.compile(r"[A-ZА-ЯЁ]{3,8}|UN|EU|AU|ООН|ЕС")
_CROWD = 12
"""Full names with one surname, above which it is hardly a surname."""
_REGNAL = re.compile(
    r"(?:(?:the|crown|late) )*(?:king|queen|pope|prince|princess|emir|sultan|sheikh|shah) ", re.I
)
_SONS = frozenset({"bin", "ibn", "bint", "abu"})
"""Before what is a father's name, or a child's, and no surname: "bin Salman"."""
_EASTERN = re.compile("[\u4e00-\u9fff]{2,4}")


class FullNames:
    """The persons' full names of an article, by their surnames."""

    def __init__(self, names: Iterable[str], small: frozenset[str]) -> None:
        """`small` are the words that stand in the article in small letters: "analyst"."""
        self._by_surname: dict[str, dict[str, Designation]] = {}
        for name in names:
            # The first of them may be of a place: "Ana Ruiz of Norland".
            found = designation(name.partition(" of ")[0])
            if (
                found.full is None
                or kind_of(name)
                or kind_of(found.written)
                or _is_role(found.full[0], small)
            ):
                continue
            for spelling in spelt(found.full[-1:]):
                self._by_surname.setdefault(spelling, {}).setdefault(found.key, found)

    def of(self, surname: str) -> list[Designation]:
        """The full names that end in a surname, in any spelling of it."""
        found = {
            key: name
            for spelling in spelt((surname,))
            for key, name in self._by_surname.get(spelling, {}).items()
        }
        return list(found.values())

    def fullest(self, name: Designation) -> str | None:
        """The longest full name as written that a surname fits, if all may be one person's."""
        found = [each for each in self.of(name.words[-1]) if _fits(name, each)]
        if not 0 < len(found) <= _CROWD:
            return None
        one = all(a.may_be_person(b) for i, a in enumerate(found) for b in found[i + 1 :])
        longest = max(found, key=lambda name: (len(name.key), name.key))
        return longest.written if one else None


def surnames(
    profiles: Sequence[Profile], known: Callable[[], FullNames]
) -> Iterator[Sequence[int]]:
    """Persons under a surname, or an initial and a surname, with the one whose name it is."""
    people = [position for position, each in enumerate(profiles) if each.is_person()]
    short = [
        (position, name)
        for position in people
        for name in profiles[position].primaries
        if not _is_full(name) and (name.full is not None or name.surname is not None)
    ]
    if not short:
        return
    fuller: dict[str, dict[int, None]] = {}
    for position in people:
        for name in profiles[position].primaries:
            if _is_full(name):
                # Some languages have surnames first, and things are called for persons.
                first = name.words[:1] if PEOPLE in profiles[position].families else ()
                for spelling in spelt(name.words[-1:]) | spelt(first):
                    fuller.setdefault(spelling, {})[position] = None
    for position, name in short:
        fitting = _fitting(name, profiles, fuller)
        if len(fitting) != 1:
            continue
        if _means(name, profiles[position], profiles[fitting[0]], known()):
            yield (position, fitting[0])


def abbreviations(profiles: Sequence[Profile]) -> Iterator[Sequence[int]]:
    """Abbreviations that the text doesn't explain, with the one name that has these initials."""
    fuller: dict[str, dict[int, None]] = {}
    for position, each in enumerate(profiles):
        if PEOPLE not in each.families:
            for name in each.primaries:
                for initials in _initials(name):
                    fuller.setdefault(initials, {})[position] = None
    for position, each in enumerate(profiles):
        for name in each.primaries:
            if _CAPITALS.fullmatch(name.written.replace(".", "")):
                fitting = fuller.get(name.key, {})
                if len(fitting) == 1:
                    yield (position, next(iter(fitting)))


def eastern(profiles: Sequence[Profile]) -> Iterator[Sequence[int]]:
    """Chinese names with an office behind them, with the one person of that name or surname."""
    fuller: dict[str, dict[int, None]] = {}
    for position, each in enumerate(profiles):
        for name in each.primaries if PEOPLE in each.families else ():
            if _EASTERN.fullmatch(name.key) and _officeless(name.key) is None:
                for key in (name.key, name.key[0]):
                    fuller.setdefault(key, {})[position] = None
    for position, each in enumerate(profiles):
        for name in each.primaries if PEOPLE in each.families else ():
            fitting = fuller.get(_officeless(name.key) or "", {})
            if len(fitting) == 1:
                yield (position, next(iter(fitting)))


def _is_full(name: Designation) -> bool:
    return name.full is not None and len(name.full[0]) > 1


def _fitting(
    name: Designation, profiles: Sequence[Profile], fuller: Mapping[str, Iterable[int]]
) -> list[int]:
    """Whom a short form fits, by the last word of it."""
    found = {p for spelling in spelt(name.words[-1:]) for p in fuller.get(spelling, ())}
    if len(found) > _CROWD:
        return []
    return [
        position
        for position in sorted(found)
        if any(_fits(name, each) for each in profiles[position].primaries)
    ]


def _fits(name: Designation, full: Designation) -> bool:
    if name.full is not None:
        return name.may_be_person(full)
    # The father of "Mohammed bin Salman" is another: only "bin Salman" is he.
    *_, before, last = "", *full.words
    return before not in _SONS or not _last(name) & spelt((last,)) or before in name.words[-2:-1]


def _means(name: Designation, bearer: Profile, fuller: Profile, known: FullNames) -> bool:
    """Whether a short form means the only one in the list that it fits."""
    # What begins a name is a surname in some languages: only where both are known to be persons.
    surname = any(_last(each) & _last(name) for each in fuller.primaries if _is_full(each))
    if not surname and not (PEOPLE in bearer.families and PEOPLE in fuller.families):
        return False
    # Nor are those who go by a forename alone anybody's of that forename: "Pope Francis".
    if not surname and _REGNAL.match(name.written):
        return False
    own = [each for each in fuller.primaries | fuller.aliases if each.full]
    others = [each for each in known.of(name.words[-1]) if _fits(name, each)]
    return all(any(each.may_be_person(one) for one in own) for each in others)


def _last(name: Designation) -> frozenset[str]:
    return spelt(name.words[-1:])


def _initials(name: Designation) -> set[str]:
    if len(name.words) < 2:
        return set()
    told = "".join(word[0] for word in name.words if word not in FUNCTION)
    return {told, "".join(word[0] for word in name.words)}


def _officeless(key: str) -> str | None:
    """A Chinese name without the office behind it; None where there is none."""
    for office in () if key.isascii() else EASTERN_OFFICES:
        if key.endswith(office) and len(key) > len(office):
            return key.removesuffix(office)
    return None


def _is_role(word: str, small: frozenset[str]) -> bool:
    """Whether what reads as a forename says what its bearer is: "Analyst Ruiz"."""
    return word in small and bool(_ROLE.search(word))
