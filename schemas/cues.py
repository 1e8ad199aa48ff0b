"""Words that speak for a value: what a sentence must hold for the value to be offered.

Small models choose well between a few values and badly between thirty. Where a strategy closes
the lists (the `core` size on a grammar server), a sentence is offered for a section only if it
holds a cue of it, and a value only if one of its own cues stands in the sentence. Values without
cues are always offered. English only; articles in other languages are asked with open lists.

A cue is a regular expression, matched in any case at the start of a word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.schemas.vocabularies import (
    ActivityType,
    AssessmentType,
    ClaimStatus,
    MeetingFormat,
    MeetingStatus,
    MotiveCategory,
    Realis,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summarizer.schemas.vocabulary import Vocabulary


_EXERCISE = (
    r"(?:war |military |naval |live-fire )?drills?\b|exercises\b|man(?:eu|oeu)vers?\b|man(?:eu|oeu)vres?\b"
    r"|war ?games?|(?:joint|naval|military|air|army|field|live-fire|command-post|training) exercise\b"
)

ENGLISH: Mapping[type[Vocabulary], Mapping[str, str]] = {
    ActivityType: {
        ActivityType.JOINT_EXERCISE: _EXERCISE,
        ActivityType.NATIONAL_EXERCISE: _EXERCISE,
        ActivityType.WEAPONS_TEST: r"(?:test|launch)\w*\b.{0,60}\b(?:missile|rocket|weapon|satellite|torpedo)"
        r"|(?:missile|rocket|weapon|nuclear)s?\b.{0,40}\b(?:test|launch)",
        ActivityType.DEPLOYMENT: r"deploy|redeploy|mass(?:ed|ing)|sent (?:troops|forces|warships|aircraft)"
        r"|reinforc|stationed|build-?up|moved? (?:troops|forces)",
        ActivityType.ALERT: r"(?:high|combat|full) (?:alert|readiness)|mobili[sz]|quasi-state of war|state of war",
        ActivityType.WITHDRAWAL: r"withdr|pull(?:ed|ing)? (?:out|back)|retreat",
        ActivityType.AIR_STRIKE: r"air ?-?strikes?|air ?-?raids?|bomb(?:ed|ing) (?:raid|run|campaign)|warplane"
        r"|jets?\b|aircraft|struck|strikes?\b|attack",
        ActivityType.DRONE_STRIKE: r"drone|unmanned|uav",
        ActivityType.MISSILE_OR_ARTILLERY_STRIKE: r"(?:missile|rocket|artillery|mortar) (?:attack|strike|fire|barrage|salvo|bombardment)"
        r"|shell(?:ed|ing)\b|strikes?\b|struck|attack|bombard"
        r"|fir(?:ed|ing)\b.{0,40}\b(?:missile|rocket|shell)s?\b",
        ActivityType.GROUND_CLASH: r"clash|fire ?fight|fighting|gun ?(?:battle|fire|fight)|exchang\w+ (?:of )?fire"
        r"|assault|offensive|battle|ambush|shoot|shot|gunmen|attack",
        ActivityType.BOMBING: r"bomb|explosi|explod|blast|detonat|ied\b",
        ActivityType.SUICIDE_ATTACK: r"suicide (?:bomb|attack|blast|vest)",
        ActivityType.ASSASSINATION: r"assassinat|targeted killing|killed the (?:leader|commander|head)",
        ActivityType.ABDUCTION: r"abduct|kidnap|hostage",
        ActivityType.TERRITORIAL_CHANGE: r"captur|seized? (?:control|the (?:town|city|village))|retook|recaptur"
        r"|took control|overr[au]n|annex|liberat|occup(?:y|ied|ation)|invad|invasion|incursion",
        ActivityType.BLOCKADE: r"blockad|besieg|siege|closed? (?:the )?(?:border|strait)",
        ActivityType.SEIZURE_OR_INTERDICTION: r"seiz|intercept|interdict|confiscat|impound|boarded",
        ActivityType.CEASEFIRE: r"cease-?fire|truce|armistice|cessation of hostilities",
        ActivityType.CEASEFIRE_VIOLATION: r"(?:violat|broke|breach)\w*\b.{0,40}(?:cease-?fire|truce)"
        r"|(?:cease-?fire|truce)\b.{0,40}(?:violat|broke|breach)",
        ActivityType.ARMS_TRANSFER: r"arms (?:sale|transfer|deliver|shipment|deal|suppl)|weapons? (?:sale|deliver|shipment|suppl)"
        r"|(?:suppl|deliver|provid|send|sell|sold|transfer)\w*\b.{0,40}\b(?:weapon|arms|missiles|tanks|ammunition"
        r"|howitzer|munition|military (?:aid|equipment)|security assistance)|(?:military|security) (?:aid|assistance)",
        ActivityType.TRAINING: r"train(?:ed|ing|s)?\b.{0,40}\b(?:troops|soldiers|forces|pilots|army|police)"
        r"|military training",
        ActivityType.INTELLIGENCE_SHARING: r"(?:shar|exchang|pass)\w*\b.{0,30}\bintelligence|intelligence[- ]sharing",
        ActivityType.PEACEKEEPING: r"peace-?keep|stabili[sz]ation force|monitoring mission",
        ActivityType.NUCLEAR_ACTIVITY: r"enrich|centrifuge|nuclear (?:activit|program|weapon|material|fuel|reactor|plant)"
        r"|uranium|plutonium|reprocess",
        ActivityType.INSPECTION: r"inspect|iaea (?:visit|access)|verif(?:y|ication)",
        ActivityType.CYBER_OPERATION: r"cyber|malware|ransomware|denial[- ]of[- ]service|wiper",
        ActivityType.DETENTION: r"detain|detention|arrest|captured? (?:soldier|fighter)|imprison|filtration",
        ActivityType.PRISONER_RELEASE: r"prisoner (?:swap|exchange|release)|(?:free|releas)\w*\b.{0,30}\b(?:prisoner|hostage|captive|detainee)",
        ActivityType.ACCIDENT: r"accident|crash|collision|collid|ran aground|friendly fire",
        ActivityType.FORCE_DEVELOPMENT: r"moderni[sz]|procure|new (?:missile|base|warship|submarine|fighter|weapon)"
        r"|commission(?:ed|ing)|military budget|conscript|recruit",
    },
    MeetingFormat: {
        MeetingFormat.TRILATERAL: r"trilateral|three-way|three (?:sides|countries|leaders|ministers)",
        MeetingFormat.MULTILATERAL: r"summit|conference|council|g7|g20|assembly|multilateral|forum|session|leaders of",
        MeetingFormat.VISIT: r"visit|travel|trip|tour|arriv",
        MeetingFormat.PHONE: r"phone|telephone|call(?:ed|s)?\b|spoke",
        MeetingFormat.VIDEO: r"video|virtual|online",
        MeetingFormat.ON_MARGINS: r"margins|sidelines",
        MeetingFormat.SIGNING: r"sign(?:ed|ing|s)\b",
    },
    MeetingStatus: {
        MeetingStatus.ONGOING: r"ongoing|under way|continu|are meeting|is meeting",
        MeetingStatus.PLANNED: r"will|plan|schedul|due to|is to\b|are to\b|upcoming|next (?:week|month|year)|later this",
        MeetingStatus.PROPOSED: r"propos|offer|invit|call(?:ed|s)? for|suggest|ready to|willing",
        MeetingStatus.CANCELLED: r"cancel|postpon|call(?:ed)? off|suspend",
        MeetingStatus.REFUSED: r"refus|reject|declin|boycott|rul(?:ed|ing) out",
    },
    Realis: {
        Realis.ONGOING: r"continu|ongoing|under way|(?:is|are) (?:now )?\w+ing\b|still",
        Realis.PLANNED: r"will|plan|schedul|intend|prepar|to be held|upcoming|order",
        Realis.PROPOSED: r"propos|offer|call(?:ed|s)? (?:for|on)|ready|readiness|willing|request|propose",
        Realis.THREATENED: r"threat|warn|vow|would respond",
        Realis.ATTEMPTED: r"attempt|tried|fail|foil|thwart|intercept",
        Realis.PREDICTED: r"predict|expect|forecast|likely|anticipat",
        Realis.HYPOTHETICAL: r"if\b|would|could|might|possib",
        Realis.DID_NOT_OCCUR: r"den(?:y|ie)|not\b|never|no longer|without",
        Realis.UNKNOWN: r"unclear|unconfirmed|unknown",
    },
    AssessmentType: {
        AssessmentType.INTENT: r"intend|intent|aim|seek|want|signal|message|plan|strategy|willing",
        AssessmentType.FORECAST: r"will|expect|predict|forecast|likely|soon|future|would",
        AssessmentType.THREAT: r"threat|danger|risk|menac|aggress|challenge|hostil",
        AssessmentType.RESPONSIBILITY: r"responsib|blam|accus|behind|carried out by|perpetrat|guilty",
        AssessmentType.LEGALITY: r"legal|law|violat|breach|war crime|charter|treaty|resolution",
        AssessmentType.DAMAGE: r"damag|destroy|casualt|loss|obliterat|degrad",
        AssessmentType.RECOMMENDATION: r"should|must|need|urg|call(?:ed|s)? (?:for|on)|recommend|ought",
        AssessmentType.CONCERN: r"concern|worr|fear|alarm|apprehens|anxi",
        AssessmentType.CAPABILITY: r"capab|capacit|able to|abilit|strength|enough|power|equipp|ready|range",
    },
    MotiveCategory: {
        MotiveCategory.DETERRENCE: r"deter|dissuad|prevent|discourag",
        MotiveCategory.COERCIVE_SIGNALLING: r"messag|signal|warn|pressur|forc(?:e|ing)|intimidat|coerc|compel|show of force",
        MotiveCategory.RETALIATION: r"retaliat|respon[sd]|reveng|aveng|reprisal|following|punish",
        MotiveCategory.SELF_DEFENCE: r"defen[cds]|protect|security of|safeguard",
        MotiveCategory.TERRITORIAL_CONTROL: r"control|territor|border|land|annex|captur|area",
        MotiveCategory.REGIME_SECURITY: r"regime|coup|overthrow|rule\b|power\b|stay in power",
        MotiveCategory.ALLIANCE_BUILDING: r"allianc|ally|allies|cooperat|partner|ties|relation|solidarity|unity",
        MotiveCategory.CAPABILITY_BUILDING: r"capabilit|develop|moderni|train|strengthen|readiness|rebuild|bolster",
        MotiveCategory.INTELLIGENCE_DENIAL: r"intelligence|spy|surveil|espionage",
        MotiveCategory.PRETEXT_OR_DECEPTION: r"pretext|cover for|excuse|false flag|decei|disguis|justif|fabricat",
        MotiveCategory.DIVERSION: r"divert|distract",
        MotiveCategory.DOMESTIC_POLITICS: r"domestic|election|voters|opposition|parliament|public opinion",
        MotiveCategory.ECONOMIC_GAIN: r"econom|trade|oil|gas\b|market|financ|money|resources|sanction",
        MotiveCategory.IDEOLOGICAL: r"ideolog|religio|islam|caliphate|nationalis",
        MotiveCategory.HUMANITARIAN: r"humanitar|civilian|aid\b|refugee|evacuat|peace|relief|lives",
    },
}
"""The cues of each value that has some, by vocabulary: equal words may be values of several."""

ACTIVITY = "|".join(ENGLISH[ActivityType].values())
"""A military activity has one of these."""
PURPOSE = (
    r"aim(?:ed|s|ing)? (?:at|to)|in order to|so as to|designed to|intend(?:ed|s|ing)? to|meant to"
    r"|seek(?:s|ing)? to|sought to|purpose|goal|pretext|cover for|justif|motiv|strateg(?:y|ic move) to"
    r"|bid to|effort to|attempt to|in response to|retaliat|in reveng|to aveng|hop(?:es|ed|ing) to"
    r"|send(?:s|ing)? (?:a|an|its|the) (?:\w+ )?(?:message|signal)|signal"
    r"|to (?:deter|counter|assert|weaken|pressure|disrupt|degrade|punish|intimidate|destabili)"
)
"""A motive needs one of these: an effect is no purpose."""
JUDGEMENT = (
    r"warn|assess|believ|expect|predict|could|likely|concern|suggest|pose|shows?\b|demonstrat|describ"
    r"|argu|estimat|fear|consider|analys|expert|should|must|need (?:to|for)|threat|challenge|capab"
    r"|risk|think|view|condemn|critici|call(?:ed|s) (?:it|the|for|on)|serious|danger|violat|impl(?:y|ied)"
)
"""A judgement, and not only a report, has one of these."""
ENCOUNTER = (
    r"me(?:e)?t(?:s|ing|ings)?\b(?! the (?:need|demand|target|condition|deadline|standard))|summit"
    r"|(?:held|hold|holds|holding|began|opened|resumed?|concluded?|for|in|during|after) (?:[\w-]+ ){0,2}"
    r"(?:talks|discussions|consultations|negotiations)|talks (?:with|between|in\b|on\b|began|opened|were)"
    r"|negotiat(?:ed|ing|ions) (?:with|between|in)|visit(?:s|ed|ing)?\b|travel(?:s|ed|led|ling)? to"
    r"|phone(?:d)?\b|telephone|spoke (?:with|to|by)|hosted|dialogue (?:with|between)"
    r"|(?<!news )(?<!press )conference|sign(?:ed|ing)? (?:an?|the) (?:\w+ )?(?:agreement|treaty|deal"
    r"|memorandum|accord|pact)"
)
"""A meeting has one of these."""

AIMLESS = frozenset(
    {
        ActivityType.JOINT_EXERCISE.value,
        ActivityType.NATIONAL_EXERCISE.value,
        ActivityType.WEAPONS_TEST.value,
        ActivityType.DEPLOYMENT.value,
        ActivityType.ALERT.value,
        ActivityType.WITHDRAWAL.value,
        ActivityType.CEASEFIRE.value,
        ActivityType.NUCLEAR_ACTIVITY.value,
        ActivityType.ACCIDENT.value,
        ActivityType.FORCE_DEVELOPMENT.value,
        ActivityType.OTHER.value,
    }
)
"""Types of activity that are done to nobody."""

_STANDINGS = (
    (ClaimStatus.DENIED, r"den(?:y|ies|ied|ying)|refut(?:e|es|ed)|dismissed"),
    (ClaimStatus.DISPUTED, r"disput(?:e|es|ed)|contest(?:s|ed)|questioned"),
    (ClaimStatus.ACCUSED, r"accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|alleg(?:e|es|ed|edly|ing)"),
    (ClaimStatus.CLAIMED, r"claim(?:s|ed|ing)?|purported(?:ly)?|boasted"),
    (ClaimStatus.CONFIRMED, r"confirm(?:s|ed|ing)?|verif(?:y|ied)|acknowledg(?:e|es|ed)"),
    (ClaimStatus.REPORTED, r"reported(?:ly)?|reports|according to|citing|cited|is said to|are said to"),
    (
        ClaimStatus.ASSERTED,
        r"said|says|stated|states|told|announced|declared|noted|stressed|emphasi[sz]ed|added|warned"
        r"|argued|insisted|revealed|wrote|pointed out|believes?|expressed",
    ),
)


def standing(text: str) -> tuple[ClaimStatus, str | None]:
    """How a sentence says that its source stands to what it says, and the cue that tells.

    Without a cue the narrator asserts it.
    """
    for status, pattern in _STANDINGS:
        found = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        if found:
            return status, found.group()
    return ClaimStatus.ASSERTED, None

_TO_COME = (
    r"(?:is|are|was|were|be|been) (?:prepar\w+|planning|planned|set|scheduled|due|expected|ready|about) to\b"
    r"|prepar(?:es|ing) to\b|plan(?:s|ned|ning)? to\b|intend(?:s|ed)? to\b|will\b(?! have)|to be held"
    r"|threaten(?:s|ed|ing)? to\b|vow(?:s|ed|ing)? to\b|propos(?:es|ed|ing) to\b|offer(?:s|ed|ing)? to\b"
    r"|would\b(?! have)|should\b|called (?:for|on)|calls (?:for|on)|urg(?:es|ed|ing)\b|plans? for"
    r"|(?:did|has|have|had|do|does) not\b|didn['’]t|never\b|refus(?:es|ed|ing) to\b"
)
_DONE = frozenset({Realis.OCCURRED.value, Realis.ONGOING.value, MeetingStatus.HELD.value})


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


def hits(pattern: str, text: str) -> int:
    """How many different cues of `pattern` stand in `text`."""
    return len({match.group().casefold() for match in _compiled(pattern).finditer(text)})


def offered(values: tuple[Vocabulary, ...], text: str) -> tuple[Vocabulary, ...]:
    """The values whose cues stand in `text`, and those that have no cues.

    That something happened is not offered where the sentence says that it is still to come: a
    small model takes the commonest value whenever it may.
    """
    found = tuple(
        value
        for value in values
        if (cue := ENGLISH.get(type(value), {}).get(value)) is None or hits(cue, text)
    )
    if not hits(_TO_COME, text):
        return found
    return tuple(value for value in found if value not in _DONE) or found
