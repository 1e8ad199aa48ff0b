"""Verbs of the news in the forms that a change of polarity or of tense needs."""

from __future__ import annotations

import re

# Base, past, participle.
_ENGLISH = """
accept accepted accepted|accuse accused accused|agree agreed agreed|announce announced announced
|arrest arrested arrested|attack attacked attacked|ban banned banned|begin began begun
|block blocked blocked|bomb bombed bombed|build built built|buy bought bought|call called called
|cancel cancelled cancelled|capture captured captured|carry carried carried|cause caused caused
|claim claimed claimed|close closed closed|cross crossed crossed|cut cut cut
|damage damaged damaged|deliver delivered delivered|deny denied denied|deploy deployed deployed
|destroy destroyed destroyed|detain detained detained|discuss discussed discussed
|down downed downed|drop dropped dropped|end ended ended|enter entered entered
|fire fired fired|fly flew flown|free freed freed|get got got|give gave given|hand handed handed
|have had had|hit hit hit|hold held held|host hosted hosted|injure injured injured
|intercept intercepted intercepted|join joined joined|keep kept kept|kidnap kidnapped kidnapped
|kill killed killed|land landed landed|launch launched launched|leave left left
|lose lost lost|make made made|meet met met|move moved moved|offer offered offered
|open opened opened|order ordered ordered|overrun overran overrun|promise promised promised
|pull pulled pulled|put put put|reach reached reached|receive received received
|reject rejected rejected|release released released|repel repelled repelled
|report reported reported|return returned returned|say said said|seize seized seized
|send sent sent|shell shelled shelled|shoot shot shot|sign signed signed|sink sank sunk
|start started started|stop stopped stopped|strike struck struck|supply supplied supplied
|take took taken|target targeted targeted|tell told told|test tested tested
|threaten threatened threatened|train trained trained|travel travelled travelled
|use used used|visit visited visited|withdraw withdrew withdrawn|wound wounded wounded
"""
_FORMS = [entry.split() for entry in _ENGLISH.replace("\n", "").split("|")]
BASES: dict[str, str] = {past: base for base, past, _ in _FORMS if past != base}
"""The base form of each past tense that shows."""
PASTS: dict[str, str] = {base: past for base, past, _ in _FORMS}
"""The past tense of each base form."""
CLEAR = frozenset(past for base, past, participle in _FORMS if past not in (base, participle))
"""Past tenses that are no participles."""
_PARTICIPLES = frozenset(participle for *_, participle in _FORMS)

# Stems of the past of perfective verbs, with the future of one and of several.
_RUSSIAN = """
сообщи сообщит сообщат|заяви заявит заявят|получи получит получат|достави доставит доставят
|прибы прибудет прибудут|состави составит составят|прове проведёт проведут
|услови условится условятся|опровергну опровергнет опровергнут|назва назовёт назовут
|приня примет примут|отправи отправит отправят|нанес нанесёт нанесут|подписа подпишет подпишут
|обсуди обсудит обсудят|захвати захватит захватят|отверг отвергнет отвергнут
|произош произойдёт произойдут|погиб погибнет погибнут|атакова атакует атакуют
|поздрави поздравит поздравят|переда передаст передадут|отмени отменит отменят
|подчеркну подчеркнёт подчеркнут|потребова потребует потребуют|встрети встретит встретят
|купи купит купят|сби собьёт собьют|уничтожи уничтожит уничтожат|нача начнёт начнут
"""
_SHORT = "направлен закуплен намечен доставлен подписан уничтожен задержан ранен убит отменён"
FUTURES: dict[str, str] = {}
"""The Russian future of a past tense."""
for _entry in _RUSSIAN.replace("\n", "").split("|"):
    _stem, _one, _many = _entry.split()
    for _ending, _future in (("л", _one), ("ла", _one), ("ло", _one), ("ли", _many)):
        FUTURES[_stem + _ending] = _future
RUSSIAN_VERBS = frozenset(FUTURES) | {
    stem + ending for stem in _SHORT.split() for ending in ("", "а", "о", "ы")
} | {"может", "могут", "будет", "будут", "является", "составляет", "раскрывает", "писала",
     "условились", "опровергли", "отвергли", "говорится", "начнётся", "прошла"}  # fmt: skip
FUTURES |= {"условились": "условятся", "опровергли": "опровергнут", "провёл": "проведёт",
            "прошла": "пройдёт", "намечена": "состоялась", "намечен": "состоялся"}  # fmt: skip
FRENCH_PARTICIPLE = r"(?:été\s+)?[^\W\d_]+(?:é|és|ée|ées|i|is|ie|ies|it|ite|u|us|ue|ues|rt|rte)"
"""A word that looks like a French past participle."""


def is_participle(word: str) -> bool:
    """Whether an English word may be a past participle."""
    return bool(re.fullmatch(r"[a-z]{2,}ed", word)) or word in _PARTICIPLES or word in (
        "been", "become", "broken", "caught", "chosen", "dead", "driven", "done", "drawn", "known",
        "seen", "shown", "spoken", "found", "heard", "led", "paid", "set", "sold",
    )  # fmt: skip
