"""What kind of party a name names, as far as the name itself tells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.schemas.places import country_code
from summarizer.schemas.vocabularies import PartyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

# English words at the end or the start of a name, the more telling first.
_WORDS: Mapping[PartyKind, str] = {
    PartyKind.MEDIA: (
        r"news|times(?! square)|post(?! office)|press|wire|herald|tribune|telegraph"
        r"|guardian(?! council)|gazette|journal|daily|beacon|tv|television|radio|broadcasting"
        r"|reuters|bloomberg|bbc|cnn|nbc|cbs|nhk|afp|xinhua|tass|interfax|yonhap|kcna|irna"
        r"|anadolu|al[- ]jazeera|al[- ]arabiya|wikinews|news ?agency"
    ),
    PartyKind.IGO: (
        r"united nations|(?-i:U\.?N\.?)|iaea|international atomic energy agency|opcw|osce"
        r"|(?<!national )security council|general assembly|european union|(?-i:E\.?U\.?)"
        r"|african union|arab league|asean|european commission|world bank"
        r"|international monetary fund|international criminal court|opec|g ?7|g ?20"
    ),
    PartyKind.ALLIANCE: r"nato|alliance|coalition|axis",
    PartyKind.ARMED_FORCE: (
        r"navy|army|air force|armed forces|forces|marines|(?<!border )guards?|corps|fleet|brigade"
        r"|battalion|division|regiment|squadron|command|military|coast guard|task force"
    ),
    PartyKind.LAW_ENFORCEMENT: r"police|gendarmerie|carabinieri|interpol|border guard",
    PartyKind.INTELLIGENCE_SERVICE: (
        r"cia|mossad|fsb|gru|mi ?[56]|isi|intelligence (?:agency|service|directorate)"
    ),
    PartyKind.NON_STATE_ARMED_GROUP: (
        r"hezbollah|hizballah|hamas|houthis?|taliban|isil|isis|daesh|al[- ]qaeda|al[- ]qaida"
        r"|al[- ]shabaab|boko haram|pkk|rebels|militia|insurgents|liberation front"
        r"|resistance front"
    ),
    PartyKind.GOVERNMENT_BODY: (
        r"ministry|department|government|administration|parliament|senate|congress|duma|knesset"
        r"|cabinet|council|white house|pentagon|kremlin|treasury|agency|commission|office|embassy"
        r"|foreign office|court|authority"
    ),
    PartyKind.THINK_TANK: (
        r"institute|institution|foundation|cent(?:er|re)|think tank|observatory|university"
        r"|college"
    ),
    PartyKind.NGO: r"red cross|red crescent|amnesty|human rights watch|association|society|charity",
    PartyKind.POLITICAL_PARTY: r"party|movement",
    PartyKind.COMPANY: r"inc|corp|ltd|llc|company|group|industries|airlines|gmbh",
}
_PATTERNS = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{words})\.?$|^(?:{words})(?!\w)", re.IGNORECASE))
    for kind, words in _WORDS.items()
)


@lru_cache(maxsize=1024)
def kind_of(name: str) -> PartyKind | None:
    """The kind that a name tells, such as a navy's or a country's; None where it tells none.

    English words only. A person's name tells nothing: whether its bearer is an official or an
    expert stands elsewhere.
    """
    if country_code(name) is not None:
        return PartyKind.STATE
    for kind, pattern in _PATTERNS:
        if pattern.search(name):
            return kind
    return None
