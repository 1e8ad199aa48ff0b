"""English words that speak for the values of the vocabularies.

A cue is a regular expression, matched in any case at the start of a word (see `schemas.cues`).
"""

from __future__ import annotations

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
    r"(?:war |military |naval |live-fire )?drills?\b|exercises\b|man(?:eu|oeu)vers?\b"
    r"|man(?:eu|oeu)vres?\b|war ?games?"
    r"|(?:joint|naval|military|air|army|field|live-fire|command-post|training) exercise\b"
)

ENGLISH: Mapping[type[Vocabulary], Mapping[str, str]] = {
    ActivityType: {
        ActivityType.JOINT_EXERCISE: _EXERCISE,
        ActivityType.NATIONAL_EXERCISE: _EXERCISE,
        ActivityType.WEAPONS_TEST: (
            r"(?:test|launch)\w*\b.{0,60}\b(?:missile|rocket|weapon|satellite|torpedo)"
            r"|(?:missile|rocket|weapon|nuclear)s?\b.{0,40}\b(?:test|launch)"
        ),
        ActivityType.DEPLOYMENT: (
            r"deploy|redeploy|mass(?:ed|ing)|sent (?:troops|forces|warships|aircraft)|reinforc"
            r"|stationed|build-?up|moved? (?:troops|forces)"
        ),
        ActivityType.ALERT: (
            r"(?:high|combat|full) (?:alert|readiness)|mobili[sz]|quasi-state of war|state of war"
        ),
        ActivityType.WITHDRAWAL: r"withdr|pull(?:ed|ing)? (?:out|back)|retreat",
        ActivityType.AIR_STRIKE: (
            r"air ?-?strikes?|air ?-?raids?|bomb(?:ed|ing) (?:raid|run|campaign)|warplane|jets?\b"
            r"|aircraft|struck|strikes?\b|attack"
        ),
        ActivityType.DRONE_STRIKE: r"drone|unmanned|uav",
        ActivityType.MISSILE_OR_ARTILLERY_STRIKE: (
            r"(?:missile|rocket|artillery|mortar) (?:attack|strike|fire|barrage|salvo"
            r"|bombardment)|shell(?:ed|ing)\b|strikes?\b|struck|attack|bombard"
            r"|fir(?:ed|ing)\b.{0,40}\b(?:missile|rocket|shell)s?\b"
        ),
        ActivityType.GROUND_CLASH: (
            r"clash|fire ?fight|fighting|gun ?(?:battle|fire|fight)|exchang\w+ (?:of )?fire"
            r"|assault|offensive|battle|ambush|shoot|shot|gunmen|attack"
        ),
        ActivityType.BOMBING: r"bomb|explosi|explod|blast|detonat|ied\b",
        ActivityType.SUICIDE_ATTACK: r"suicide (?:bomb|attack|blast|vest)",
        ActivityType.ASSASSINATION: (
            r"assassinat|targeted killing|killed the (?:leader|commander|head)"
        ),
        ActivityType.ABDUCTION: r"abduct|kidnap|hostage",
        ActivityType.TERRITORIAL_CHANGE: (
            r"captur|seized? (?:control|the (?:town|city|village))|retook|recaptur|took control"
            r"|overr[au]n|annex|liberat|occup(?:y|ied|ation)|invad|invasion|incursion"
        ),
        ActivityType.BLOCKADE: r"blockad|besieg|siege|closed? (?:the )?(?:border|strait)",
        ActivityType.SEIZURE_OR_INTERDICTION: r"seiz|intercept|interdict|confiscat|impound|boarded",
        ActivityType.CEASEFIRE: r"cease-?fire|truce|armistice|cessation of hostilities",
        ActivityType.CEASEFIRE_VIOLATION: (
            r"(?:violat|broke|breach)\w*\b.{0,40}(?:cease-?fire|truce)"
            r"|(?:cease-?fire|truce)\b.{0,40}(?:violat|broke|breach)"
        ),
        ActivityType.ARMS_TRANSFER: (
            r"arms (?:sale|transfer|deliver|shipment|deal|suppl)"
            r"|weapons? (?:sale|deliver|shipment|suppl)|(?:suppl|deliver|provid|send|sell|sold"
            r"|transfer)\w*\b.{0,40}\b(?:weapon|arms|missiles|tanks|ammunition|howitzer|munition"
            r"|military (?:aid|equipment)|security assistance)"
            r"|(?:military|security) (?:aid|assistance)"
        ),
        ActivityType.TRAINING: (
            r"train(?:ed|ing|s)?\b.{0,40}\b(?:troops|soldiers|forces|pilots|army|police)"
            r"|military training"
        ),
        ActivityType.INTELLIGENCE_SHARING: (
            r"(?:shar|exchang|pass)\w*\b.{0,30}\bintelligence|intelligence[- ]sharing"
        ),
        ActivityType.PEACEKEEPING: r"peace-?keep|stabili[sz]ation force|monitoring mission",
        ActivityType.NUCLEAR_ACTIVITY: (
            r"enrich|centrifuge|nuclear (?:activit|program|weapon|material|fuel|reactor|plant)"
            r"|uranium|plutonium|reprocess"
        ),
        ActivityType.INSPECTION: r"inspect|iaea (?:visit|access)|verif(?:y|ication)",
        ActivityType.CYBER_OPERATION: r"cyber|malware|ransomware|denial[- ]of[- ]service|wiper",
        ActivityType.DETENTION: (
            r"detain|detention|arrest|captured? (?:soldier|fighter)|imprison|filtration"
        ),
        ActivityType.PRISONER_RELEASE: (
            r"prisoner (?:swap|exchange|release)"
            r"|(?:free|releas)\w*\b.{0,30}\b(?:prisoner|hostage|captive|detainee)"
        ),
        ActivityType.ACCIDENT: r"accident|crash|collision|collid|ran aground|friendly fire",
        ActivityType.FORCE_DEVELOPMENT: (
            r"moderni[sz]|procure|new (?:missile|base|warship|submarine|fighter|weapon)"
            r"|commission(?:ed|ing)|military budget|conscript|recruit"
        ),
    },
    MeetingFormat: {
        MeetingFormat.TRILATERAL: (
            r"trilateral|three-way|three (?:sides|countries|leaders|ministers)"
        ),
        MeetingFormat.MULTILATERAL: (
            r"summit|conference|council|g7|g20|assembly|multilateral|forum|session|leaders of"
        ),
        MeetingFormat.VISIT: r"visit|travel|trip|tour|arriv",
        MeetingFormat.PHONE: r"phone|telephone|call(?:ed|s)?\b|spoke",
        MeetingFormat.VIDEO: r"video|virtual|online",
        MeetingFormat.ON_MARGINS: r"margins|sidelines",
        MeetingFormat.SIGNING: r"sign(?:ed|ing|s)\b",
    },
    MeetingStatus: {
        MeetingStatus.ONGOING: r"ongoing|under way|continu|are meeting|is meeting",
        MeetingStatus.PLANNED: (
            r"will|plan|schedul|due to|is to\b|are to\b|upcoming|next (?:week|month|year)"
            r"|later this"
        ),
        MeetingStatus.PROPOSED: r"propos|offer|invit|call(?:ed|s)? for|suggest|ready to|willing",
        MeetingStatus.CANCELLED: r"cancel|postpon|call(?:ed)? off|suspend",
        MeetingStatus.REFUSED: r"refus|reject|declin|boycott|rul(?:ed|ing) out",
    },
    Realis: {
        Realis.ONGOING: r"continu|ongoing|under way|(?:is|are) (?:now )?\w+ing\b|still",
        Realis.PLANNED: r"will|plan|schedul|intend|prepar|to be held|upcoming|order",
        Realis.PROPOSED: (
            r"propos|offer|call(?:ed|s)? (?:for|on)|ready|readiness|willing|request|propose"
        ),
        Realis.THREATENED: r"threat|warn|vow|would respond",
        Realis.ATTEMPTED: r"attempt|tried|fail|foil|thwart|intercept",
        Realis.PREDICTED: r"predict|expect|forecast|likely|anticipat",
        Realis.HYPOTHETICAL: r"if\b|would|could|might|possib",
        Realis.DID_NOT_OCCUR: r"no (?:[\w-]+ ){1,3}(?:left|flew|struck|fired|took|entered"
        r"|attacked)\b|den(?:y|ie)|not\b|never|no longer|without",
        Realis.UNKNOWN: r"unclear|unconfirmed|unknown",
    },
    AssessmentType: {
        AssessmentType.INTENT: r"intend|intent|aim|seek|want|signal|message|plan|strategy|willing",
        AssessmentType.FORECAST: r"will|expect|predict|forecast|likely|soon|future|would",
        AssessmentType.THREAT: r"threat|danger|risk|menac|aggress|challenge|hostil",
        AssessmentType.RESPONSIBILITY: (
            r"responsib|blam|accus|behind|carried out by|perpetrat|guilty"
        ),
        AssessmentType.LEGALITY: r"legal|law|violat|breach|war crime|charter|treaty|resolution",
        AssessmentType.DAMAGE: r"damag|destroy|casualt|loss|obliterat|degrad",
        AssessmentType.RECOMMENDATION: (
            r"should|must|need|urg|call(?:ed|s)? (?:for|on)|recommend|ought"
        ),
        AssessmentType.CONCERN: r"concern|worr|fear|alarm|apprehens|anxi",
        AssessmentType.CAPABILITY: (
            r"capab|capacit|able to|abilit|strength|enough|power|equipp|ready|range"
        ),
    },
    MotiveCategory: {
        MotiveCategory.DETERRENCE: r"deter|dissuad|prevent|discourag",
        MotiveCategory.COERCIVE_SIGNALLING: (
            r"messag|signal|warn|pressur|forc(?:e|ing)|intimidat|coerc|compel|show of force"
        ),
        MotiveCategory.RETALIATION: r"retaliat|respon[sd]|reveng|aveng|reprisal|following|punish",
        MotiveCategory.SELF_DEFENCE: r"defen[cds]|protect|security of|safeguard",
        MotiveCategory.TERRITORIAL_CONTROL: r"control|territor|border|land|annex|captur|area",
        MotiveCategory.REGIME_SECURITY: r"regime|coup|overthrow|rule\b|power\b|stay in power",
        MotiveCategory.ALLIANCE_BUILDING: (
            r"allianc|ally|allies|cooperat|partner|ties|relation|solidarity|unity"
        ),
        MotiveCategory.CAPABILITY_BUILDING: (
            r"capabilit|develop|moderni|train|strengthen|readiness|rebuild|bolster"
        ),
        MotiveCategory.INTELLIGENCE_DENIAL: r"intelligence|spy|surveil|espionage",
        MotiveCategory.PRETEXT_OR_DECEPTION: (
            r"pretext|cover for|excuse|false flag|decei|disguis|justif|fabricat"
        ),
        MotiveCategory.DIVERSION: r"divert|distract",
        MotiveCategory.DOMESTIC_POLITICS: (
            r"domestic|election|voters|opposition|parliament|public opinion"
        ),
        MotiveCategory.ECONOMIC_GAIN: (
            r"econom|trade|oil|gas\b|market|financ|money|resources|sanction"
        ),
        MotiveCategory.IDEOLOGICAL: r"ideolog|religio|islam|caliphate|nationalis",
        MotiveCategory.HUMANITARIAN: r"humanitar|civilian|aid\b|refugee|evacuat|peace|relief|lives",
    },
}
"""The cues of each value that has some, by vocabulary: equal words may be values of several."""

TO_COME = (
    r"(?:is|are|was|were|be|been) (?:prepar\w+|planning|planned|set|scheduled|due|expected|ready"
    r"|about) to\b|prepar(?:es|ing) to\b|plan(?:s|ned|ning)? to\b|intend(?:s|ed)? to\b"
    r"|will\b(?! have)|to be held|threaten(?:s|ed|ing)? to\b|vow(?:s|ed|ing)? to\b"
    r"|propos(?:es|ed|ing) to\b|offer(?:s|ed|ing)? to\b|would\b(?! have)|should\b"
    r"|called (?:for|on)|calls (?:for|on)|urg(?:es|ed|ing)\b|plans? for|(?:is|are|was|were) to\b"
    r"|no (?:[\w-]+ ){1,3}(?:left|flew|struck|fired|took|entered|attacked)\b"
    r"|(?:did|has|have|had|do|does) not\b|didn['’]t|never\b|refus(?:es|ed|ing) to\b"
)
"""What a sentence with one of these tells has not happened yet, or did not."""

STANDINGS = (
    (ClaimStatus.DENIED, r"den(?:y|ies|ied|ying)|refut(?:e|es|ed)|dismissed"),
    (ClaimStatus.DISPUTED, r"disput(?:e|es|ed)|contest(?:s|ed)|questioned"),
    (ClaimStatus.ACCUSED, r"accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|alleg(?:e|es|ed|edly|ing)"),
    (ClaimStatus.CLAIMED, r"claim(?:s|ed|ing)?|purported(?:ly)?|boasted"),
    (ClaimStatus.CONFIRMED, r"confirm(?:s|ed|ing)?|verif(?:ied|ies)|acknowledg(?:e|es|ed)"),
    (
        ClaimStatus.REPORTED,
        r"reported(?:ly)?|reports|according to|citing|cited|is said to|are said to",
    ),
    (
        ClaimStatus.ASSERTED,
        (
            r"said|says|stated|states|told|announced|declared|noted|stressed|emphasi[sz]ed|added"
            r"|warned|argued|insisted|revealed|wrote|pointed out|believes?|expressed"
        ),
    ),
)
"""How a source stands to what it says, the more telling first; whole words."""
