"""Articles of the same events under other names, and what each extractor is answered.

Names are fresh in nearly every sentence, so that little of what is kept from one article serves
for the next. The answers tell the same twelve items: ours cites sentences by number, a plain schema
and langextract's copy them.
"""

from __future__ import annotations

import json
import random
import re
from functools import cache
from string import Template
from typing import Any

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
_NAMED = [
    *("OTHER", "THIRD", "PORT", "SEA", "CAPE", "ISLE", "DRILL", "PAPER", "AGENCY", "FIRM"),
    *("MINISTER", "ENVOY", "ADMIRAL", "ANALYST", "MAYOR", "RIVER", "TOWN", "SHIP", "FIRST"),
]
_PLACE = "NUMBER"
_NUMBER = re.compile(rb"Report (\d+)\.|Oct\. 9 \(\w+ (\d+)\)")
_SENTENCES = re.compile(r"(?<=\"sentences\": )\[(\d+)\]")

_TEXT = Template("""\
$FIRST and $OTHER close a four-day naval drill off Cape $CAPE

PORT $PORT, $FIRST, Oct. 9 ($PAPER $NUMBER) — $FIRST and $OTHER ended a four-day naval drill in \
the $SEA Sea on Thursday, a month after two tankers were damaged by limpet mines near Cape $CAPE.

The drill, called $DRILL Tide 2025, brought together 11 warships and about 1,900 sailors of the \
two countries. It was the largest that $FIRST has hosted since the ferry accord with $OTHER was \
signed in Port $PORT eight years ago. Crews practised convoy escort, the boarding of a hijacked \
ship off $ISLE Island and the search for drifting mines.

Vice Adm. Tovan $ADMIRAL, who led the drill from the frigate $SHIP, said it was meant to \
reassure the shipping companies that use the $SEA Sea. "Insurers want to see grey hulls on the \
horizon, and off Cape $CAPE they have seen eleven of them," he told the news agency $AGENCY.

$THIRD, whose coast faces that of $FIRST, called the manoeuvres a provocation. Its state \
broadcaster showed pictures of a patrol boat shadowing the $SHIP at a distance, and a \
commentator accused $OTHER of buying a harbour on $ISLE Island under the cover of a drill.

On Wednesday night $THIRD fired three coastal missiles into the waters west of $ISLE Island. \
Nobody was hurt, but the port authority of Port $PORT halted ferry traffic to $TOWN for nine \
hours. Fishermen from $TOWN said that they had heard the launches and cut their nets.

The foreign minister of $FIRST, Maren $MINISTER, met the $OTHER envoy, Issel $ENVOY, in Port \
$PORT on Thursday to discuss compensation for the two tankers. Neither side gave details of the \
sums involved, but an aide to $MINISTER described the conversation as businesslike and brief. A \
further round of talks is expected once the inquiry of the $AGENCY insurers has been published.

Diplomats in Port $PORT see the drill as part of a slow shift. Trade across the $SEA Sea has \
doubled since the ferry accord, and $OTHER now buys most of the grain that is shipped down the \
$RIVER river. $THIRD, which had long carried that grain on its own barges, has lost much of the \
business and blames the port fees of $FIRST for it. Its parliament cut the subsidies for barge \
owners on the $RIVER in spring.

Dorit $ANALYST, a naval analyst at the $FIRM Institute, said that $THIRD was likely to keep \
testing missiles through the winter. She pointed to the shipyard at $TOWN, where satellite \
pictures have shown new launch rails since August. The pictures were bought by $FIRM from a \
commercial provider and could not be dated to the day.

In $TOWN itself, few people want to hear of either navy. The mayor, Ralvo $MAYOR, said the \
ferries bring in half of what the shops on $ISLE Island earn between May and October. "We can't \
eat a frigate," $MAYOR said, and asked both governments to give warning of the next drill. His \
council has written to $FIRST twice about noise from the range at Cape $CAPE.

The harbour master of Port $PORT said that traffic in the $SEA Sea was back to normal by \
Thursday evening. The $SHIP is to stay at anchor off $ISLE Island until the weekend, when \
families of the crew may come aboard. $PAPER could not reach the embassy of $THIRD for comment, \
and calls to its naval attaché in $FIRST were not returned.

Shipowners reacted with caution. A broker in Port $PORT said that premiums for a passage of the \
$SEA Sea had tripled since the mines were found off Cape $CAPE and would not fall before spring. \
Two lines that used to call at $TOWN now sail round $ISLE Island by the northern channel, which \
adds six hours. The crews' union of $FIRST has asked for hazard pay, and its members in Port \
$PORT will vote on a strike at the end of the month. The grain merchants of $OTHER, for their \
part, have begun to store wheat in silos along the $RIVER.

For now the minesweepers have the last word. Four of them, two from each country, are to work \
through the channel between $TOWN and $ISLE Island until the first ice, and the pilots of Port \
$PORT go out with them every morning. By Thursday they had found a buoy, a rusted anchor and the \
wreck of a barge from the $RIVER, but none of the mines that $AGENCY had reported. The wreck is \
to be lifted before the ferries return to their winter timetable, the pilots said.
""")

# What a plain schema calls otherwise.
_TYPES = {"exercise": "joint_exercise", "weapons_test": "weapons_test"}
# Of each item the sentence that carries it is given by words of it.
_PARTIES = (
    ("$FIRST", "state"),
    ("$OTHER", "state"),
    ("$THIRD", "state"),
    ("Tovan $ADMIRAL", "official"),
    ("Maren $MINISTER", "official"),
    ("Issel $ENVOY", "official"),
    ("Dorit $ANALYST", "expert"),
)
_ACTIVITIES: tuple[dict[str, Any], ...] = (
    {
        "carried_by": "The drill, called",
        "name": "$DRILL Tide 2025",
        "type": "exercise",
        "description": "$FIRST and $OTHER held a naval drill with 11 warships.",
        "participants": ["$FIRST", "$OTHER"],
        "location": None,
    },
    {
        "carried_by": "On Wednesday night",
        "name": "coastal missiles",
        "type": "weapons_test",
        "description": "$THIRD fired three coastal missiles west of $ISLE Island.",
        "participants": ["$THIRD"],
        "location": "$ISLE Island",
    },
)
_MEETING = {
    "carried_by": "met the",
    "participants": ["Maren $MINISTER", "Issel $ENVOY"],
    "topic": "compensation for the two tankers",
    "location": "Port $PORT",
}
_ASSESSMENT = {
    "carried_by": "a naval analyst",
    "expert": "Dorit $ANALYST",
    "assessment": "$THIRD is likely to keep testing missiles through the winter.",
}
_MOTIVE = {
    "carried_by": "it was meant to",
    "actor": "$FIRST",
    "motive": "reassuring the shipping companies that use the $SEA Sea",
    "attributed_to": "Tovan $ADMIRAL",
}


def article(number: int, *, alike: bool = False) -> str:
    """The article of that number; with `alike`, the same one below a line that has the number."""
    if alike:
        return f"Report {number}.\n{article(0)}"
    return _TEXT.substitute(_names(number))


def number_of(request: bytes) -> int:
    """The number of the article that a request holds."""
    found = _NUMBER.search(request)
    if found is None:
        raise ValueError("There is no bulletin in it.")
    return int(found[1] or found[2])


def answer(number: int, asked_by: str, *, alike: bool = False) -> str:
    """What a model writes about it, as JSON: for ours, a plain schema or langextract."""
    made = {"ours": _ours, "plain": _plain, "langextract": _langextract}[asked_by]
    told = Template(made()).substitute(_names(0 if alike else number))
    return _SENTENCES.sub(lambda found: f"[{int(found[1]) + 1}]", told) if alike else told


def _names(number: int) -> dict[str, str]:
    """Fresh names, the same for every text of that number."""
    chance = random.Random(number)
    fresh = {name: "".join(chance.choices(_SYLLABLES, k=3)).capitalize() for name in _NAMED}
    return fresh | {_PLACE: str(number)}


@cache
def _sentences() -> list[str]:
    from summarizer.article import Article

    read = Article.from_text(_TEXT.template.replace("$", ""))
    return [read.quote(number) for number, _ in read.numbered()]


def _cited(item: dict[str, Any]) -> int:
    """The number of the sentence that carries an item."""
    return next(n for n, said in enumerate(_sentences(), 1) if item["carried_by"] in said)


def _quote(item: dict[str, Any]) -> str:
    """That sentence, with the names' places in it."""
    quote = _sentences()[_cited(item) - 1]
    for name in sorted([*_NAMED, _PLACE], key=len, reverse=True):
        quote = quote.replace(name, f"${{{name}}}")
    return quote


@cache
def _ours() -> str:
    def cited(item: dict[str, Any], **told: Any) -> dict[str, Any]:
        return {"sentences": [_cited(item)], **told}

    def place(item: dict[str, Any]) -> dict[str, str] | None:
        return {"text": item["location"]} if item["location"] else None

    record = {
        "parties": [{"name": name, "kind": kind} for name, kind in _PARTIES],
        "military_activities": [
            cited(
                item,
                name=item["name"],
                type=_TYPES[item["type"]],
                actors=item["participants"],
                location=place(item),
                description=item["description"],
            )
            for item in _ACTIVITIES
        ],
        "diplomatic_meetings": [
            cited(
                _MEETING,
                participants=_MEETING["participants"],
                topics=[_MEETING["topic"]],
                location=place(_MEETING),
            )
        ],
        "expert_assessments": [
            cited(
                _ASSESSMENT,
                assessor=_ASSESSMENT["expert"],
                type="forecast",
                proposition=_ASSESSMENT["assessment"],
            )
        ],
        "claimed_motives": [
            cited(
                _MOTIVE,
                motive_of=[_MOTIVE["actor"]],
                motive=_MOTIVE["motive"],
                attributed_by=_MOTIVE["attributed_to"],
            )
        ],
    }
    return json.dumps(record)


@cache
def _plain() -> str:
    def quoted(item: dict[str, Any], *left_out: str) -> dict[str, Any]:
        told = {k: v for k, v in item.items() if k not in {"carried_by", *left_out}}
        return told | {"quote": _quote(item)}

    record = {
        "parties": [{"name": name, "kind": kind, "quote": name} for name, kind in _PARTIES],
        "military_activities": [quoted(item, "name") for item in _ACTIVITIES],
        "diplomatic_meetings": [quoted(_MEETING)],
        "expert_assessments": [quoted(_ASSESSMENT)],
        "claimed_motives": [quoted(_MOTIVE)],
    }
    return json.dumps(record)


@cache
def _langextract() -> str:
    def extracted(kind: str, text: str, attributes: dict[str, Any]) -> dict[str, Any]:
        return {kind: text, f"{kind}_attributes": attributes}

    def told(kind: str, item: dict[str, Any]) -> dict[str, Any]:
        attributes = {k: v for k, v in item.items() if k != "carried_by" and v is not None}
        return extracted(kind, _quote(item), attributes)

    record = [
        *(extracted("party", name, {"kind": kind}) for name, kind in _PARTIES),
        *(told("military_activity", item) for item in _ACTIVITIES),
        told("diplomatic_meeting", _MEETING),
        told("expert_assessment", _ASSESSMENT),
        told("claimed_motive", _MOTIVE),
    ]
    return json.dumps({"extractions": record})
