"""States and their bodies: whose government, ministry or navy a name is, and what it is called."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from summarizer.identity.capitals import CAPITALS
from summarizer.identity.words import BODIES, FUNCTION, RESPELT
from summarizer.names import normal_form
from summarizer.schemas.places import codes_by_name, country_code

# What stands for a government, by its normal form: whose, and which body of it.
METONYMS = {
    "kremlin": ("RUS", "government"),
    "white house": ("USA", "administration"),
    "downing street": ("GBR", "government"),
    "10 downing street": ("GBR", "government"),
    "number 10": ("GBR", "government"),
    "whitehall": ("GBR", "government"),
    "elysee": ("FRA", "presidency"),
    "élysée": ("FRA", "presidency"),
    "elysee palace": ("FRA", "presidency"),
    "élysée palace": ("FRA", "presidency"),
    "quai d orsay": ("FRA", "ministry foreign"),
    "pentagon": ("USA", "ministry defense"),
    "foggy bottom": ("USA", "ministry state"),
    "zhongnanhai": ("CHN", "government"),
    "blue house": ("KOR", "presidency"),
    "bankova": ("UKR", "presidency"),
    "кремль": ("RUS", "government"),
    "белый дом": ("USA", "administration"),
    "пентагон": ("USA", "ministry defense"),
    "克里姆林宫": ("RUS", "government"),
    "白宫": ("USA", "administration"),
    "五角大楼": ("USA", "ministry defense"),
    "الكرملين": ("RUS", "government"),
    "البيت الأبيض": ("USA", "administration"),
    "البنتاغون": ("USA", "ministry defense"),
}
_ADJECTIVES = {
    "american": "USA", "us": "USA", "u s": "USA", "usa": "USA", "uk": "GBR", "british": "GBR",
    "french": "FRA", "german": "DEU", "dutch": "NLD", "spanish": "ESP", "swiss": "CHE",
    "greek": "GRC", "danish": "DNK", "polish": "POL", "thai": "THA", "saudi": "SAU",
    "saudi arabian": "SAU", "emirati": "ARE", "filipino": "PHL", "philippine": "PHL",
    "afghan": "AFG", "norwegian": "NOR", "irish": "IRL", "czech": "CZE", "cypriot": "CYP",
    "palestinian": "PSE", "north korean": "PRK", "south korean": "KOR", "kazakh": "KAZ",
    "uzbek": "UZB", "welsh": "GBR", "scottish": "GBR", "north korea": "PRK", "south korea": "KOR",
    "vietnamese": "VNM", "syrian": "SYR", "iranian": "IRN", "portuguese": "PRT",
}  # fmt: skip
# The shorter first: a Nigerian is of Nigeria.
_SUFFIXES = ("n", "ns", "an", "ans", "ian", "ians", "ese", "ish", "i", "is")
_RESTORED = ("", "a", "e", "y", "o", "ey", "en", "on", "ia")
_OWNED = re.compile(r"^(?:[Tt]he )?(.+?)['’]s? (.+)$")
_OF = re.compile(r"^(.+?) of (?:the )?(.+)$")
_LEAST_OWNER = 3
_ADJECTIVAL = re.compile(r"(?:ian|ean|an|ese|ish|i)s?$")
_LONGEST_OWNER = 4
_SYNONYMS = {"military": "forces", "armed": "", "leadership": "government"}


@lru_cache(maxsize=1024)
def country_of(name: str) -> str | None:
    """The country that a name or an adjective is of: "Iranian" and "U.S." as well as "Iran"."""
    form = normal_form(name)
    bare = name.strip().removeprefix("the ").removeprefix("The ")
    found = _ADJECTIVES.get(form) or country_code(bare) or country_code(bare.rstrip("."))
    if found or " " in form:
        return found
    for suffix in _SUFFIXES:
        stem = form.removesuffix(suffix)
        if stem != form and len(stem) >= _LEAST_OWNER and stem in _countries_by_stem():
            return _countries_by_stem()[stem]
    return None


@cache
def _countries_by_stem() -> dict[str, str]:
    """The countries by what is left of their names before an ending: "norway" by "norwa"."""
    names = {name: code for name, code in codes_by_name().items() if name.islower()}
    stems: dict[str, str] = {}
    for end in _RESTORED:
        for name, code in names.items():
            if name.endswith(end):
                stems.setdefault(name.removesuffix(end), code)
    return stems


def state_keys(name: str) -> frozenset[str]:
    """What a state goes by under `name`: its code, or the stems of a country of one word."""
    form = normal_form(name)
    code = country_of(name) or CAPITALS.get(form)
    if code:
        return frozenset({f"state {code}"})
    if " " in form or not form.isascii():
        return frozenset()
    return frozenset(f"state {stem}" for stem in _stems(form))


def body_keys(name: str, country: str | None, *, governing: bool) -> frozenset[str]:
    """What a body of a state goes by under `name`: whose it is, and what it is called.

    "Iran's Foreign Ministry", "Ministry of Foreign Affairs of Iran" and, with its country,
    "Foreign Ministry" share one. `governing` tells that it is known to be a government's, so that
    a capital stands for one. Empty for names that tell no state and have none.
    """
    form = normal_form(name)
    if form in METONYMS:
        code, body = METONYMS[form]
        return frozenset({_key(code, body.split())})
    if governing and form in CAPITALS:
        return frozenset({_key(CAPITALS[form], ["government"])})
    keys = {
        _key(owner, role)
        for mine, its in _owned(name)
        if (role := _role(its)) is not None
        for owner in _owners(mine)
    }
    if country and (role := _role(form)) is not None:
        keys = {_key(country, role)}
    return frozenset(keys)


def _key(owner: str, role: list[str]) -> str:
    return f"body {owner} {' '.join(sorted(set(role)))}"


def _owned(name: str) -> list[tuple[str, str]]:
    """The ways to part a name into an owner and what is owned."""
    found = _OWNED.match(name)
    ways = [(found[1], found[2])] if found else []
    words = name.split()
    if words and words[0].casefold() == "the":
        words = words[1:]
    for at in range(1, min(len(words), _LONGEST_OWNER + 1)):
        ways.append((" ".join(words[:at]), " ".join(words[at:])))
        if " ".join(words[-at - 1 : -at]) in ("of", "the"):
            ways.append((" ".join(words[-at:]), " ".join(words[:-at])))
    return ways


def _role(name: str) -> list[str] | None:
    """The words that say which body it is; None where there are none, or others too."""
    words = [RESPELT.get(word, word) for word in normal_form(name).split()]
    role = [_SYNONYMS.get(word, word) for word in words if word not in FUNCTION]
    known = all(word in BODIES for word in words if word not in FUNCTION)
    return [word for word in role if word] if role and known else None


def _owners(name: str) -> frozenset[str]:
    form = normal_form(name)
    code = country_of(name)
    if code:
        return frozenset({code})
    if " " in form or not form.isascii() or form in BODIES or form in FUNCTION:
        return frozenset()
    return _stems(form)


def _stems(form: str) -> frozenset[str]:
    """What a country's name of one word and its adjective have in common, if it has none known."""
    stems = {form.rstrip("aeoy") or form}
    if _ADJECTIVAL.search(form):
        stems |= {
            (cut.rstrip("aeoy") or cut)
            for suffix in _SUFFIXES
            if (cut := form.removesuffix(suffix)) != form and len(cut) > _LEAST_OWNER
        }
    return frozenset(stems)
