"""The words by which an English sentence tells that somebody says what it tells."""

from __future__ import annotations

import re
from functools import lru_cache

_SPEECH = (
    r"(?:said|says|stated|told|announced|declared|claimed|alleged|reported|added|argued|argues"
    r"|warned|warns|insisted|confirmed|denied|wrote|writes|believes?|thinks?|estimated|estimates"
    r"|predicted|predicts|accused|accuses)"
)
# Verbs that have nothing but somebody's words after them: who accuses, denies or declares does so,
# and an article may tell that itself.
_SAYS = (
    r"(?:s(?:aid|ays?)|argue[sd]?|insist(?:s|ed)?|told (?:[\w.'’-]+ ){1,4}?that"
    r"|(?:claim|alleg|stat|add|not|maintain|contend|assert|believ|report|explain)"
    r"(?:e?[sd]|s|ed) that)"
)
# Bounded, because a text may be made of nothing but commas.
_ASIDE = r"(?:,[^,]{1,120},)?"
_SUBJECT = rf"(?:(?!and\b)[\w.'’-]+ ){{0,7}}?(?!and\b)[\w.'’-]+{_ASIDE} "
_WORDS = r"(?:(?!and\b)[\w.'’-]+ ){1,8}?"
_SPOKEN = re.compile(
    rf"^[\W_]*According to\b"
    rf"|^[\W_]*(?:[^,]{{1,60}}, (?!wh|as |and |but ))?{_SUBJECT}{_SAYS}(?! by\b)(?![\w’'-])"
    rf"|,[”\"]? (?!wh|and\b){_WORDS}(?:said|says)(?: (?:on|in|at|late|early|last|this)"
    rf"(?: [\w.'’]+){{1,4}})?$"
    rf"|[,.?!][”\"] (?:(?:said|says)|{_WORDS}(?:said|says))\b"
)
_PARTS = re.compile(
    r"[;:]\s(?![\"“])|—|\s[–-]\s|, (?:and|but|while|whereas|although|though|as|so|yet|after|when"
    r"|which|who)\b|\b(?:after|while|although|though|when|whose) "
)
"""Where a sentence has more than one part, of which one may be the article's own."""
_PRONOUN = re.compile(rf"\b(?:he|she|it|they|one of them)\s+{_SPEECH}\b", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:said|say|says|saying|stat(?:e|es|ed|ing|ements?)|t(?:ell|ells|old)|according|accounts?"
    r"|reports?|reported\w*|announc\w+|declar\w+|confirm\w*|den(?:y|ies|ied|ying|ials?)|claim\w*"
    r"|alleg\w+|accus\w+|blam\w+|warn\w*|not(?:es|ed|ing)|add(?:s|ed|ing)|argu\w+|belie[fv]\w*"
    r"|expect\w*|predict\w*|suggest\w*|estimat\w+|assess\w*|judg\w+|think\w*|fear\w*|call(?:s|ed)?"
    r"|describ\w+|stress\w*|insist\w*|emphasi\w+|conclu\w+|condemn\w*|reject\w*|dismiss\w*"
    r"|acknowledg\w+|admit\w*|reveal\w*|disclos\w+|wr(?:ote|ites?|itten)|sp(?:eaks?|oke|oken)"
    r"|cit(?:es|ed|ing)|quot\w+|count(?:s|ed)?|puts?|vow\w*|pledg\w+|promis\w+|threat\w*|urg\w+"
    r"|express\w*|version|view\w*|reading|comment\w*|remark\w*|explain\w*|point(?:s|ed)|repl\w+"
    r"|propos\w+|offer\w*|invit\w+|agree\w*|attribut\w+|publish\w*|interview\w*|opinion"
    r"|analys\w+|experts?|concern\w*|hop(?:e|es|ed|ing)|signal\w*|indicat\w+|clarif\w+|convey\w*"
    r"|welcom\w+|consider\w*|regard\w*|sees?|saw|hear[ds]?|know\w*|sources?|refut\w+|disput\w+"
    r"|question\w*|critici\w+|prais\w+|maintain\w*|contend\w*|assert\w*|reiterat\w+|deem\w*"
    r"|protest\w*|demand\w*|appeal\w*|object\w*|doubt\w*|forecast\w*|show\w*|f(?:ind|inds|ound)"
    r"|ask\w*|vot\w+|order\w*|decid\w+|decision|will|would|should|could|must|may|might|likely|we"
    r"|our|release[ds]?|respon\w+|recogni\w+|affirm\w*|support\w*|back(?:s|ed)|oppos\w+)\b"
    r"|[\"“”«»„]",
    re.IGNORECASE,
)

_TO = re.compile(
    r"\b(?:t(?:ell|ells|old|elling)|quoted (?:by|in)|cited (?:by|in)|interview(?:ed)? (?:with|by)"
    r"|sp(?:oke|eaks?|eaking) (?:to|with)|wr(?:ote|ites|iting) (?:in|for)|published (?:by|in)"
    r"|reported by|carried by|(?:piece|article|column|comments?|remarks|statement) (?:in|for|to))"
    r" (?:the |an? )?(?:[\w-]+ ){0,3}\Z"
)
_RELAYS = re.compile(
    r"(?:[\w'’ -]{0,40})(?: (?:report(?:s|ed)|said|says|wrote|writes) (?:that )?(?=[A-Z])"
    r"|,? (?:cit|quot)(?:es|ed|ing)\b)"
)


@lru_cache(maxsize=1024)
def is_spoken(sentence: str) -> bool:
    """Whether a sentence, as a whole, is told as what somebody says."""
    return not _PARTS.search(sentence) and bool(_SPOKEN.search(sentence.rstrip(".!? ")))


@lru_cache(maxsize=1024)
def has_pronoun(sentence: str) -> bool:
    """Whether a pronoun speaks in a sentence: whoever is named before it does."""
    return bool(_PRONOUN.search(sentence))


@lru_cache(maxsize=1024)
def has_cue(sentence: str) -> bool:
    """Whether a sentence has any word of saying, judging or counting, or quotes."""
    return bool(_CUE.search(sentence))


def is_told(name: str, text: str) -> bool:
    """Whether a text has somebody speak to an outlet, or be quoted or reported by it."""
    at = text.find(name)
    return (at >= 0 and bool(_TO.search(text, max(0, at - 60), at))) or bool(
        at >= 0 and _RELAYS.match(text, at + len(name))
    )
