"""Articles that differ in every sentence, and what a model would answer for each.

They are one example article with fresh names, so that nothing which is kept from one article can
serve for the next. The answers for ours and for plain instructor tell the same items by the same
fields; where ours has the numbers of sentences, a plain schema has the sentences themselves. Ours
has names of activities in addition.
"""

from __future__ import annotations

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

_ARTICLE = Path(__file__).parent.parent / "examples" / "articles" / "northern-lantern.txt"
_NUMBER = re.compile(r"Meridian Wire (\d+)")
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
# Beginnings of the names in the article; what follows, as in "Talvinian", stays.
_STEMS = [
    *("Talvin", "Ardan", "Kestr", "Sorren", "Halven", "Lantern", "Marbach", "Halvard", "Dunmere"),
    *("Feld", "Renquist", "Dalca", "Volkonin", "Elpidio", "Lusar", "Oyelaran", "Corrin", "Weil"),
]
_NAMES = re.compile("|".join([*_STEMS, "HALVEN"]))
# Sentences without a name get one.
_NAMED = {
    "confirmed independently": "confirmed independently in Dunmere",
    "over what comes next": "over what comes next in Sorren",
    "either side wants a fight": "either side wants a fight over Sorren",
}
_PARTIES = {
    "Talvinia": "state",
    "Ardania": "state",
    "Kestria": "state",
    "Talvinian Defence Ministry": "organisation",
    "Ilse Marbach": "official",
    "Jonas Feld": "official",
    "Pauli Renquist": "official",
    "Sofia Dalca": "official",
    "Andrei Volkonin": "official",
    "Marta Oyelaran": "expert",
    "Tomas Weil": "expert",
}
_ACTIVITIES: list[dict[str, Any]] = [
    {
        "sentences": [3],
        "name": "Northern Lantern 2025",
        "description": "Talvinia and Ardania hold a joint naval exercise with 14 ships.",
        "type": "exercise",
        "participants": ["Talvinia", "Ardania"],
        "location": "Strait of Sorren",
    },
    {
        "sentences": [8],
        "name": "strike near Dunmere",
        "description": "Talvinian aircraft struck a coastal radar post near Dunmere.",
        "type": "strike",
        "participants": ["Talvinia"],
        "location": "Dunmere",
    },
    {
        "sentences": [15],
        "name": "missile tests",
        "description": "Kestria would answer with missile tests of its own.",
        "type": "weapons_test",
        "participants": ["Kestria"],
        "location": None,
    },
]
_MEETINGS: list[dict[str, Any]] = [
    {
        "sentences": [12],
        "participants": ["Pauli Renquist", "Sofia Dalca"],
        "topic": "escorts for merchant ships",
        "location": "Port Halven",
    },
    {
        "sentences": [13],
        "participants": ["Pauli Renquist", "Andrei Volkonin"],
        "topic": None,
        "location": "Sant'Elpidio",
    },
]
_ASSESSMENTS: list[dict[str, Any]] = [
    {
        "sentences": [15],
        "expert": "Marta Oyelaran",
        "assessment": "Kestria would probably answer with missile tests of its own.",
    },
    {
        "sentences": [16],
        "expert": "Marta Oyelaran",
        "assessment": "It is unlikely that either side wants a fight.",
    },
    {
        "sentences": [17],
        "expert": "Tomas Weil",
        "assessment": "The exercise could limit Kestria's ability to move its submarines unseen.",
    },
]
_MOTIVES: list[dict[str, Any]] = [
    {
        "sentences": [4],
        "actor": "Talvinia",
        "motive": "deterring attacks on merchant ships",
        "attributed_to": "Ilse Marbach",
    },
    {
        "sentences": [7],
        "actor": "Talvinia",
        "motive": "a permanent foreign base on Orm Island",
        "attributed_to": "Kestria",
    },
]
# What a plain schema calls otherwise.
_TYPES = {"exercise": "joint_exercise", "strike": "air_strike"}
_KINDS = {"organisation": "government_body"}


def article(number: int) -> str:
    """The article of that number."""
    return _renamed(_text(), number)


def answer_to(prompt: str, *, ours: bool) -> str:
    """What a model writes for the article in `prompt`, as JSON."""
    found = _NUMBER.search(prompt)
    number = int(found[1]) if found else 0
    return _renamed(_ours() if ours else _plain(), number)


@cache
def _text() -> str:
    text = _ARTICLE.read_text(encoding="utf-8").replace("Meridian Wire", "Meridian Wire 0")
    for words, named in _NAMED.items():
        text = text.replace(words, named)
    return text


def _renamed(text: str, number: int) -> str:
    """`text` with fresh names, the same for every text of that number."""
    chance = random.Random(number)
    fresh = {stem: "".join(chance.choices(_SYLLABLES, k=4)).capitalize() for stem in _STEMS}
    fresh["HALVEN"] = fresh["Halven"].upper()
    renamed = _NAMES.sub(lambda found: fresh[found.group()], text)
    return renamed.replace("Meridian Wire 0", f"Meridian Wire {number}")


@cache
def _ours() -> str:
    activities = [
        {
            "sentences": item["sentences"],
            "name": item["name"],
            "type": _TYPES.get(item["type"], item["type"]),
            "actors": item["participants"],
            "location": item["location"] and {"text": item["location"]},
            "description": item["description"],
        }
        for item in _ACTIVITIES
    ]
    meetings = [
        {
            "sentences": item["sentences"],
            "participants": item["participants"],
            "location": item["location"] and {"text": item["location"]},
            "topics": [item["topic"]] if item["topic"] else [],
        }
        for item in _MEETINGS
    ]
    assessments = [
        {
            "sentences": item["sentences"],
            "assessor": item["expert"],
            "type": "forecast",
            "proposition": item["assessment"],
        }
        for item in _ASSESSMENTS
    ]
    motives = [
        {
            "sentences": item["sentences"],
            "motive_of": [item["actor"]],
            "motive": item["motive"],
            "attributed_by": item["attributed_to"],
        }
        for item in _MOTIVES
    ]
    return json.dumps(
        {
            "parties": [{"name": n, "kind": _KINDS.get(k, k)} for n, k in _PARTIES.items()],
            "military_activities": activities,
            "diplomatic_meetings": meetings,
            "expert_assessments": assessments,
            "claimed_motives": motives,
        }
    )


@cache
def _plain() -> str:
    from summarizer.article import Article

    read = Article.from_text(_text())

    def quoted(item: dict[str, Any]) -> dict[str, Any]:
        told = {key: value for key, value in item.items() if key not in {"sentences", "name"}}
        return told | {"quote": read.quote(item["sentences"][0])}

    def mention(name: str) -> str:
        return read.quote(next(iter(read.sentences_holding(name)), 1))

    return json.dumps(
        {
            "parties": [
                {"name": name, "kind": kind, "quote": mention(name)}
                for name, kind in _PARTIES.items()
            ],
            "military_activities": [quoted(item) for item in _ACTIVITIES],
            "diplomatic_meetings": [quoted(item) for item in _MEETINGS],
            "expert_assessments": [quoted(item) for item in _ASSESSMENTS],
            "claimed_motives": [quoted(item) for item in _MOTIVES],
        }
    )
