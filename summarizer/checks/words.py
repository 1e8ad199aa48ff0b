"""The words of a text that tell something, in a form in which two texts can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_EMPTY_WORDS = (
    "a an the this that these those of in on at to for from by with as and or but nor so than"
    " then it its he his she her they their them we our us you your i my is are was were be"
    " been being has have had do does did will would shall should can could may might must not"
    " no never also into over under about after before between against during through near"
    " more most some any all both each other such only own same very just there here who whom"
    " whose which what when where while if because since until said says say told"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
_FORMS = (
    "strike struck stricken|meet met|hold held|send sent|take took taken|begin began begun"
    "|leave left|shoot shot|fall fell fallen|flee fled|break broke broken|win won|lose lost"
    "|make made|give gave given|keep kept|bring brought|build built|come came|go went gone"
    "|drive drove driven|fly flew flown|lead led|fight fought|speak spoke spoken|see saw seen"
    "|run ran|sink sank sunk|withdraw withdrew withdrawn|overrun overran|draw drew drawn"
    "|rise rose risen|grow grew grown|become became|get got|find found|seek sought|stand stood"
    "|throw threw thrown|buy bought|sell sold|teach taught|retake retook retaken"
    "|write wrote written|know knew known|think thought|show shown|steal stole stolen|die died"
    "|feel felt|hear heard|pay paid|undertake undertook undertaken|choose chose chosen"
)
_IRREGULAR = {form: forms.split()[0] for forms in _FORMS.split("|") for form in forms.split()[1:]}
_ENDING = re.compile(r"(?:(?<=..)ying|ing|ied|ies|ed|es|s|e|y)$")
_LONGEST = 7
_EDGE = re.compile(r"(?<!\w)")
_END = re.compile(r"(?!\w)")


@lru_cache(maxsize=1024)
def stem(word: str) -> str:
    """What the forms of a word have in common: "strikes", "struck" and "striking" are one."""
    small = word.casefold().replace("’", "'").removesuffix("'s")
    small = _IRREGULAR.get(small, small)
    if not small.isascii():
        return small[: max(4, len(small) - 3)]
    bare = _ENDING.sub("", small) if len(small) > 3 else small
    if len(bare) > 3 and bare[-1] == bare[-2]:
        bare = bare[:-1]
    return bare[:_LONGEST]


@lru_cache(maxsize=1024)
def content(text: str) -> frozenset[str]:
    """The stems of the words of a text that tell something."""
    return frozenset(stem(word) for word in WORD.findall(text) if is_content(word))


def is_content(word: str) -> bool:
    """Whether a word tells something by itself, and is no article, auxiliary or the like."""
    return len(word) > 2 and word.casefold() not in _EMPTY


def is_past(word: str) -> bool:
    """Whether an English word has the form of a past tense or a past participle."""
    small = word.casefold()
    return small in _IRREGULAR or (len(small) > 4 and small.endswith("ed"))


def find_words(words: str, text: str, position: int = 0) -> tuple[int, int] | None:
    """Where words stand in a text from a position on, and are no parts of others; None, if nowhere.

    To make a pattern of them would take longer.
    """
    while (start := text.find(words, position)) >= 0:
        end = start + len(words)
        if _EDGE.match(text, start) and _END.match(text, end):
            return start, end
        position = start + 1
    return None
