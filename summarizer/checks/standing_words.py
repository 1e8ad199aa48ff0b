"""The parts that a name may have in an English sentence, and the words around it that tell them.

Patterns named for what is before end in ``\\Z`` and are searched up to the name; the others are
matched from its end.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """What the words around a name make of its bearer."""

    SPEAKER = "speaker"
    """Says, counts or is told what the sentence tells."""
    PLACE = "place"
    VICTIM = "victim"
    """Suffers an act of force."""
    ATTACKER = "attacker"
    """Does one."""
    PARTNER = "partner"
    """Is talked with."""
    BYSTANDER = "bystander"
    """Brokers, backs or condemns what others do."""
    NO_PARTY = "no party"
    """A sea, a treaty, an operation: the name is part of theirs."""
    OTHER = "other"


REACH = 120
"""Characters before a name in which the words that tell its part are looked for."""

_SPEECH = (
    r"(?:said|says|say|stated|states|told|tells|noted|notes|warned|warns|argued|argues|believes?"
    r"|predicted|predicts|suggested|suggests|described|describes|added|adds|stressed|emphasi[sz]ed"
    r"|emphasi[sz]es|concluded|condemned|condemns|accused|accuses|claims?|claimed"
    r"|revealed|reported|reports|wrote|writes|insisted|insists|considers?|thinks?|fears?|estimates?"
    r"|estimated|welcomed|reaffirmed|reiterated|clarified|recorded|counted|tallied|documented"
    r"|put (?:the|its|their) (?:death |overall )?(?:toll|figure|number|total|count|dead)"
    r"|did not (?:say|comment)|declined to comment|quoted|commented)\b"
    r"(?! (?:full )?responsibility| (?:the|an?|its|their) (?:attack|strike|bombing|raid)s?\b)"
)
_ACTING = (
    r"(?:has|have|had|will|would|is|are|was|were|did|does|may|might|could|must"
    r"|(?!(?:need|red|bed|speed|feed|hundred|united)\b)[a-z]{2,}ed|struck|hit|hits|shot|sent|took"
    r"|held|made|began|fought|flew|fired|overran|met|withdrew|kept|gave|sold|built|broke|set|went"
    r"|came|left|fell|did|seeks?|wants?|remains?|attacks|strikes|launch(?:es)?|plans?|continues?)\b"
)
# Bounded, because a text may be made of nothing but commas.
_ASIDE = (
    r"(?:\s*,[^,]{1,160},|\s*\([^()]{1,80}\)|\s+\w+ly"
    r"|\s+(?:also|further|has|have|had|later|then)){0,4}"
)
_OWNED = (
    r"(?:'s?(?:\s+[\w-]+){1,5}?|\s+(?:government|officials?|authorities|military|army|police|"
    r"navy|ministers?|diplomats?|state (?:tv|television|media|radio)|sources?))?"
)
_ACTIVITY = (
    r"(?:program(?:me)?s?|launch(?:es)?|tests?|exercises?|drills?|activit(?:y|ies)|goals?|aims?"
    r"|forces|troops|deployments?|moves?|strikes?|attacks?|offensives?|operations?|raids?|ships)"
)
_HARMED = (
    r"(?:attacked|struck(?! (?:a|the) (?:deal|balance|tone|agreement|bargain))"
    r"|hit(?! (?:back|out|upon))|bombed|bombarded|shelled|raided|killed|wounded|injured"
    r"|shot(?: at)?|targeted|invaded|besieged|blockaded|seized|captured|overrun|overran|arrested"
    r"|detained|abducted|kidnapped|assassinated|ambushed|destroyed|damaged|pounded|stormed"
    r"|fired (?:up)?on|fired at|intercepted|boarded|torpedoed|hacked)"
)
_HARMING = (
    r"(?:attack(?:s|ing)|strik(?:es|ing)|hitting|bomb(?:s|ing)|shell(?:s|ing)|raid(?:s|ing)|kill(?:s|ing)"
    r"|wound(?:s|ing)|target(?:s|ing)|invad(?:es|ing)|besieg(?:es|ing)|blockad(?:es|ing)|seizing"
    r"|seizes|captur(?:es|ing)|overrunning|arrest(?:s|ing)|detain(?:s|ing)|abduct(?:s|ing)"
    r"|kidnap(?:s|ping)|ambush(?:es|ing)|destroy(?:s|ing)|pound(?:s|ing))"
)
_HARMS = (
    r"(?:(?:air ?|air-|drone |missile |rocket |cyber ?|artillery )?(?:attacks?|strikes?|raids?)"
    r"|assaults?|offensives?|bombardments?|operations?|blows?|war|campaigns?|aggression|ambush(?:es)?"
    r"|shelling|fire|blockade|siege|bombings?|invasion|crackdown|incursions?)"
)
# Small words that can stand before a name that they belong to.
_UP_TO = (
    r"(?:(?!(?:in|at|near|by|from|with|after|before|that|which|who|as|when|while|and|but|or|off"
    r"|over|for|to|on|since|until|said|says|if|because|than|during|where|under|into|via)\b)"
    r"[a-z][\w'-]* ){0,4}[\"“']?\Z"
)
_NEAR = (
    r"(?:the |an? |its |their |his |her |rival |neighbou?ring |former |group of |members of "
    r"|fighters of ){0,3}\Z"
)

_CAPITALISED = r"[A-Z](?:[\w&-]|'(?!s\b)|\.(?=\w)|(?<=\b[A-Z])\.)*"
RUN = re.compile(
    rf"{_CAPITALISED}"
    rf"(?: (?:(?:of|for|the|de|al|bin|ibn) (?:the )?)?(?:al-)?{_CAPITALISED}| al-\w+)*"
)
OPENER = re.compile(
    r"(?:(?:The|A|An|In|On|At|Near|Off|Over|After|Before|When|While|As|If|But|And|By|For|From|With"
    r"|Since|During|Under|According|To|Both|Its|His|Her|Their|This|That|These|Those|Earlier|Later"
    r"|Some|Two|Three|It|He|She|They|We|Last|Meanwhile|However|Although|Though|Despite|Following"
    r"|Inside|Outside|Around|Across|Along|Against|Among|Between|Until|Because|Then|There|Not|No)"
    r"(?: |$|(?=[,.])))+"
)
LISTED = re.compile(r"(?:, (?:and |or )?| (?:and|or|along with|as well as) )(?:the )?")
_OWN = (
    r"(?:army|military|forces?|troops|soldiers|government|police|authorities|officials?|ministry"
    r"|navy|parliament|leaders?|rebels|president|state)"
)
OWN_BEFORE = re.compile(rf"\b{_OWN} (?:in|of|from) (?:the )?\Z", re.IGNORECASE)
OWN_AFTER = re.compile(rf", (?:the |its )?(?:[a-z-]+ ){{0,2}}?{_OWN}\b")
TITLE_BEFORE = re.compile(
    r"\b(?:president|minister|secretary|ambassador|general|admiral|colonel|major|captain|commander"
    r"|spokes(?:man|woman|person)|senator|governor|mayor|representative|envoy|director|chief"
    r"|chancellor|analyst|professor|leader|chairman|mr|mrs|ms|dr|gen|adm|col|maj|lt|sen|rep)\.?,? "
    r"(?:(?:of|for) (?:the )?(?:[\w-]+ ){1,3}?)?"
    r"(?:[A-Z][\w.'-]+ )?\Z",
    re.IGNORECASE,
)
OFFICE_AFTER = re.compile(
    r", (?:[\w'-]+ ){0,4}(?:president|minister|secretary|ambassador|general|admiral|commander"
    r"|spokes(?:man|woman|person)|analyst|professor|researcher|fellow|mayor|governor|envoy|expert"
    r"|director|chief|leader|chairman)\b",
    re.IGNORECASE,
)
NO_PARTY = re.compile(
    r"\A(?:Operation|Exercise|Lake|Mount|River|Near|In|At|Off|Over|On) (?=[A-Z])"
    r"|(?:Sea|Ocean|Strait|Gulf|River|Peninsula|Islands?|Treaty"
    r"|Agreement|Accords?|Pact|Convention|Protocol|Charter|Resolution)\Z"
)
DATELINE = re.compile(r"[A-Z][A-Z/.’ -]{2,40}(?:, [^-–—]{1,40}?)? ?(?:\([^()]{1,40}\) ?)?[-–—] ")
OWNS = re.compile(r"'s?\s")
ACTS = re.compile(
    rf"(?:'s?(?:\s+[\w-]+){{1,4}}?)?{_ASIDE}\s+{_ACTING}"
    rf"|'s?\s+(?:[\w-]+\s+){{0,7}}?{_ACTIVITY}\b"
)
SPEAKS = re.compile(rf"{_OWNED}{_ASIDE},?\s+{_SPEECH}")
SAID = re.compile(rf"{_OWNED}{_ASIDE},?\s+{_SPEECH}(?: (?:on|last) \w+)?(?: that)?[:,]? [\"“']?")
OPENING = re.compile(r"(?:[-–—•*] )?[\"“']?")
COUNTS = re.compile(
    rf"{_ASIDE}\s+(?:recorded|documented|tallied|counted|catalogued)\b"
    r"|, (?:an?|the) (?:[\w-]+ ){0,3}(?:monitoring group|monitor|news (?:site|agency|outlet)"
    r"|newspaper|research group|think tank|institute|rights group|charity|pollster|watchdog)\b"
)
SPOKEN_BY = re.compile(
    rf"[”\"',]\s+{_SPEECH}\s+(?:(?!that\b)[\w.'-]+\s+){{0,5}}\Z"
    r"|[Aa]ccording to (?:the |an? )?(?:[\w'-]+ ){0,4}\Z"
    r"|\bciting (?:the |an? )?(?:[\w'-]+ ){0,3}\Z"
    r"|\b(?:told|telling) (?:the |an? )?(?:news agency |newspaper |broadcaster |daily )?\Z"
)
AFTER_PREPOSITION = re.compile(
    r"\b(?:in|on|at|of|by|from|to|with|against|for|near|off|over|into|across|between|inside"
    r"|outside) (?:the |an? |its |their |[a-z]+ern )?\Z"
)

_FORCEFUL = (
    "attack attacks attacked attacking strike strikes struck striking hit hitting bombed bombs"
    " bombing bombings bombarded bombardment bombardments shelled shells shelling raid raids"
    " raided raiding kills killed killing wounds wounded wounding injured shot targets targeted"
    " targeting invades invaded invading invasion besieges besieged besieging siege blockade"
    " blockades blockaded blockading seizes seized seizing seizure captures captured capturing"
    " capture overrun overran overrunning arrests arrested arresting arrest detains detained"
    " detaining detention abducts abducted abducting abduction kidnaps kidnapped kidnapping"
    " assassinated assassination ambush ambushes ambushed ambushing destroys destroyed"
    " destroying damaged pounds pounded pounding stormed fire fired intercepted boarded"
    " torpedoed hacked assault assaults offensive offensives operation operations blow blows"
    " war campaign campaigns aggression crackdown incursion incursions occupation annexation"
    " airattack airattacks airstrike airstrikes airraid airraids cyberattack cyberattacks"
    " cyberstrike cyberstrikes cyberraid cyberraids"
)
_FORCE = frozenset(_FORCEFUL.split())
_BY, _WITH = frozenset({"by"}), frozenset({"with", "between"})
_FROM, _ON = frozenset({"from"}), frozenset({"on"})
_MET = frozenset({"phoned", "telephoned", "spoke", "met", "called"})
_SETTLED = frozenset(
    {"settlement", "town", "village", "city", "hamlet", "port", "province", "district", "suburb"}
    | {"island", "region"}
)


class Sign(NamedTuple):
    """Words beside a name that tell its part."""

    part: Part
    pattern: re.Pattern[str]
    needs: frozenset[str] | None = None
    """Words of which a sentence has one, in small letters, wherever the pattern matches."""


BEFORE: tuple[Sign, ...] = (
    Sign(
        Part.BYSTANDER,
        re.compile(
            r"\b(?:(?:brokered|mediated|facilitated|condemned|critici[sz]ed|welcomed|monitored"
            r"|reported|recorded|documented|denounced|verified) by"
            r"|(?:statement|resolution|draft|proposal|call)\b.{0,40}\b(?:backed|supported|sponsored)"
            r" by|(?:concern|criticism|condemnation|pressure|protest|objection)s?\b.{0,80}"
            rf"\b(?:led|voiced|expressed|raised) by) {_UP_TO}"
        ),
        _BY,
    ),
    Sign(
        Part.ATTACKER,
        re.compile(rf"\b(?:{_HARMED}|{_HARMS})\b(?: [\w'-]+){{0,5}} by {_UP_TO}", re.IGNORECASE),
        _BY,
    ),
    Sign(
        Part.VICTIM,
        re.compile(
            rf"\b{_HARMS}(?: aimed| launched| directed)? (?:on|against|targeting) {_UP_TO}"
            rf"|\b(?:blockade|siege|bombing|bombardment|shelling|invasion|killing|seizure|capture"
            r"|arrest|abduction|kidnapping|occupation|annexation|detention|assassination) of "
            rf"{_UP_TO}",
            re.IGNORECASE,
        ),
        _FORCE,
    ),
    Sign(Part.VICTIM, re.compile(rf"\b(?:{_HARMED}|{_HARMING}) {_NEAR}"), _FORCE),
    Sign(
        Part.PARTNER,
        re.compile(
            r"\b(?:talks|negotiations|negotiat(?:ed|ing)|discussions|consultations|dialogue|spoke"
            rf"|speaking|met|meeting|meetings|conversation|(?:phone )?call) with {_UP_TO}"
            rf"|\b(?:talks|negotiations|discussions|consultations|dialogue) between {_UP_TO}"
        ),
        _WITH,
    ),
    Sign(
        Part.PLACE,
        re.compile(
            r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff|[Oo]ver|[Oo]utside|[Ii]nside|[Aa]cross|[Aa]round"
            r"|(?:north|south|east|west|northeast|northwest|southeast|southwest|kilomet(?:er|re)s"
            r"|km|miles|port|town|city|village|province|coast) (?:of|from))\s+"
            r"(?:the )?(?:(?:[a-z]+ern|central|upper|lower|coastal|rural|eastern) )?\Z"
        ),
    ),
    Sign(
        Part.PLACE,
        re.compile(r"\b(?:emanating|withdr[ae]w\w*|pulled out|fled|evacuated) from (?:the )?\Z"),
        _FROM,
    ),
    Sign(
        Part.PLACE,
        re.compile(r"\bon the (?:website|web site|site|platform|channel|forum) [\"“']?\Z"),
        _ON,
    ),
)
"""What the words before a name make of it, the more telling first."""
_GOES_ON = r"(?!.{0,400}\b(?:vow|threat|pledg|warn|retaliat|respon|launch|order|sent|send|mov)\w*)"
AFTER: tuple[Sign, ...] = (
    Sign(
        Part.BYSTANDER,
        re.compile(
            rf"{_OWNED}{_ASIDE}\s+(?:(?:condemn|denounc|deplor|critici[sz]|welcom|prais|mediat|broker)"
            r"(?:e[sd]?|s)?\b|(?:voiced|expressed) (?:\w+ )?(?:concern|alarm|regret|support)"
            r"|urged (?:restraint|calm|both)|called for (?:restraint|calm|an? (?:\w+ )?(?:inquiry"
            rf"|investigation|ceasefire|truce))){_GOES_ON}"
        ),
    ),
    Sign(
        Part.PARTNER,
        re.compile(
            rf"{_ASIDE}\s+(?:phoned|telephoned|spoke (?:with|to)|(?:met|called) (?:with )?"
            rf"(?=[A-Z].{{0,160}} to (?:discuss|condemn))){_GOES_ON}"
        ),
        _MET,
    ),
    Sign(
        Part.VICTIM,
        re.compile(
            rf"(?:'s?(?:\s+[\w-]+){{1,4}}?)?{_ASIDE}\s+(?:was|were|is|are|been|be)"
            rf"(?: being| been)?(?: \w+ly)? {_HARMED}\b(?! (?:back|out))"
        ),
        _FORCE,
    ),
    Sign(
        Part.VICTIM,
        re.compile(
            rf"{_ASIDE}\s+(?:has|have|had|came)(?: been| under) (?:{_HARMED}|attack|fire)\b"
        ),
        _FORCE,
    ),
    Sign(
        Part.PLACE,
        re.compile(
            r", (?:an?|the) (?:[a-z-]+ ){0,2}(?:settlement|town|village|city|hamlet|port|province"
            r"|district|suburb|island|region)\b"
        ),
        _SETTLED,
    ),
    Sign(
        Part.ATTACKER,
        re.compile(
            rf"{_ASIDE}(?: (?:has|have|had))?\s+(?:{_HARMED}|attacks|strikes)\b(?! by\b)"
            rf"|'s? (?:[\w-]+ ){{0,2}}{_HARMS} (?:on|against)\b"
            rf"|\s+(?:[\w-]+ ){{1,5}}?(?:its|their|his) (?:[\w-]+ ){{0,2}}{_HARMS}\b"
        ),
        _FORCE,
    ),
)
"""What the words after it do."""
