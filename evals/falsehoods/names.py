"""Names to put in the place of others: of people, states, bodies, outlets and places.

Some exist and some don't. A caller takes only those that its article doesn't hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

Bearer = Literal["person", "state", "body", "outlet", "place"]
"""Whose name it is."""

_EN: Mapping[Bearer, tuple[str, ...]] = {
    "person": (
        "Corvin Aldersley", "Tamsin Okafor", "Ludo Brancaster", "Priya Vaidyanathan",
        "Miguel Arrieta", "Sunniva Haldorsen", "Bartosz Wilk", "Celeste Amari", "Desmond Kwarteng",
        "Ingrid Solberg", "Haruto Nishida", "Olamide Fasheun", "Rosalind Peake", "Yannis Karras",
    ),
    "state": (
        "Paraguay", "Iceland", "Bhutan", "Lesotho", "Uruguay", "Luxembourg", "Brunei", "Vostrania",
        "Quelland", "Marravia", "Ostrevo", "Tollmark", "Zhereland", "Cape Verde",
    ),
    "body": (
        "Pelham Readiness Bureau", "Northern Lakes Flotilla", "Ministry of Fisheries of Quelland",
        "Halberd Battalion", "Ostrevo Revolutionary Guard", "Council of the Seven Ports",
        "Bluewater Strategy Forum", "Inter-American Defense Board", "Royal Danish Air Force",
        "Lantern Coast Militia", "Tollmark Interior Troops", "Saffron Dawn Movement",
    ),
    "outlet": (
        "Brennik Herald", "Channel Nine Marravia", "The Ostrevo Ledger", "Radio Quelland",
        "Southern Cross Dispatch", "Icelandic Review", "Tollmark Evening Post", "Agence Vostrane",
    ),
    "place": (
        "Port Ansel", "Kirkwall", "Valparaiso", "Dunmere", "Lake Titicaca", "Tromsø", "Vellin Pass",
        "Zamboanga", "Ushuaia", "Fort Carrow", "Ulaanbaatar", "Marrow Bay", "Windhoek", "Brannoch",
    ),
}  # fmt: skip
_FR: Mapping[Bearer, tuple[str, ...]] = {
    "person": (
        "Aurélien Castaing", "Honorine Védrine", "Boubacar Sanogo", "Lucette Marchandeau",
        "Théophile Ngassa", "Solène Kerguélen", "Gaspard Dufresnoy", "Aminata Coulombe",
    ),
    "state": (
        "Paraguay", "Islande", "Bhoutan", "Lesotho", "Uruguay", "Luxembourg", "Vostranie",
        "Marravie", "Mongolie", "Honduras",
    ),
    "body": (
        "Bureau de vigilance de Pelham", "flottille des lacs du Nord", "bataillon Hallebarde",
        "Conseil des sept ports", "Mouvement de l'aube safran", "milice de la côte des Lanternes",
        "gendarmerie islandaise", "ministère vostranien de la Pêche",
    ),
    "outlet": ("Le Courrier de Vostranie", "Radio Marravie", "La Gazette d'Ansel"),
    "place": (
        "Port-Ansel", "Valparaiso", "Quimper", "Oulan-Bator", "col de Vellin", "Ushuaia",
        "Reykjavik", "Fort-Carrow", "baie de Marrow", "Windhoek",
    ),
}  # fmt: skip
_RU: Mapping[Bearer, tuple[str, ...]] = {
    "person": (
        "Аркадий Белозубов", "Милена Строганова", "Ярослав Дроздецкий", "Тимофей Кравцун",
        "Элеонора Вяземцева", "Родион Шапошник", "Глеб Остроумов", "Жанна Кологривова",
    ),
    "state": (
        "Парагвай", "Исландия", "Бутан", "Лесото", "Уругвай", "Люксембург", "Востравия",
        "Мерравия", "Гондурас", "Бруней",
    ),
    "body": (
        "Бюро готовности Пелхэма", "флотилия Северных озёр", "батальон «Алебарда»",
        "Совет семи портов", "движение «Шафрановый рассвет»", "министерство рыболовства Востравии",
        "исландская полиция", "ополчение Фонарного берега",
    ),
    "outlet": ("«Востравский курьер»", "«Радио Мерравия»", "«Южный крест»"),
    "place": (
        "Порт-Ансель", "Вальпараисо", "Улан-Батор", "Рейкьявик", "Ушуайя", "Виндхук", "Тромсё",
        "Форт-Карроу", "Дунмер", "Салехард",
    ),
}  # fmt: skip
NAMES: Mapping[str, Mapping[Bearer, tuple[str, ...]]] = {"en": _EN, "fr": _FR, "ru": _RU}
"""By language and bearer."""
SOURCES: Mapping[str, tuple[str, ...]] = {
    "en": ("a retired customs officer", "the ferry operators' union", "an insurance broker"),
    "fr": ("un douanier retraité", "le syndicat des passeurs", "un courtier d'assurances"),
    "ru": ("отставной таможенник", "профсоюз паромщиков", "страховой брокер"),
}
"""Words for sources without a name."""
KINDS: Mapping[Bearer, str] = {
    "person": "official",
    "state": "state",
    "body": "government_body",
    "outlet": "media",
}
"""The kind of a party that bears such a name."""
_MARKS = ".,;:!?()[]«»“”\"'’—–"


def bearer(kind: str | None) -> Bearer:
    """Whose name the name of a party of that kind is."""
    match kind:
        case "state":
            return "state"
        case "official" | "expert":
            return "person"
        case "media":
            return "outlet"
        case _:
            return "body"


def foreign(language: str, whose: Bearer, text: str) -> list[str]:
    """The names of which neither the whole nor the last word stands in `text`."""
    known, words = _held(text)
    names = ((name, name.casefold()) for name in NAMES.get(language, _EN)[whose])
    return [name for name, form in names if form not in known and form.split()[-1] not in words]


@lru_cache(maxsize=32)
def _held(text: str) -> tuple[str, frozenset[str]]:
    known = text.casefold()
    return known, frozenset(word.strip(_MARKS) for word in known.split())


def party(
    name: str, whose: Bearer, taken: list[dict[str, Any]], evidence: list[Any]
) -> dict[str, Any]:
    """A party of that name, in the public JSON, with an id that none of the others has."""
    ids = {each.get("id") for each in taken}
    number = next(n for n in range(1, len(ids) + 2) if f"p{n}" not in ids)
    return {"evidence": evidence, "id": f"p{number}", "name": name, "kind": KINDS[whose]}
