"""Words that say that something was not, is not yet, or is only said: by language.

`NEGATION` turns a statement round; `DENIAL` says so by a verb or a noun; `UNREAL` sets it in the
future, under a condition, or in somebody's will. `LICENCES` are the words without which a value of
`Realis` or `MeetingStatus` has nothing to rest on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from summarizer.schemas.vocabularies import ClaimStatus, MeetingStatus, Realis
from summarizer.schemas.vocabulary import Vocabulary

NEGATION: Mapping[str, str] = {
    "en": (
        r"not\b(?! only| just| least| merely)|cannot\b|\w+n['’]t\b|never\b|neither\b|nor\b|none\b"
        r"|nobody\b|nothing\b|nowhere\b|no\b(?! (?:more|less|fewer|later|sooner|doubt|wonder)\b)"
        r"|without\b|hardly\b|barely\b|yet to\b"
    ),
    "fr": (r"ne\b|n['’](?=\w)|pas\b|jamais\b|aucun\w*\b|rien\b|ni\b|sans\b|personne\b|non\b"),
    "es": r"no\b|nunca\b|jamás\b|ning[uú]n\w*\b|nada\b|ni\b|sin\b|tampoco\b|nadie\b",
    "de": r"nicht\b|kein\w*\b|nie\b|niemals\b|niemand\w*\b|nichts\b|weder\b|ohne\b",
    "ru": r"не\b|ни\b|нет\b|никогда\b|никак\w*\b|никто\b|ничего\b|без\b|нельзя\b",
    "uk": r"не\b|ні\b|немає\b|ніколи\b|жодн\w*\b|ніхто\b|нічого\b|без\b",
    "tr": (
        r"değil\w*\b|yok\b|hiç\w*\b|asla\b|\w+(?:ma|me)d[ıi](?:lar|ler|k)?\b"
        r"|\w+(?:maz|mez)(?:lar|ler)?\b"
        r"|\w+(?:mamış|memiş|mıyor|miyor|muyor|müyor|mayacak|meyecek)\w*"
    ),
}
"""Grammatical negation, and words that say the same."""

DENIAL: Mapping[str, str] = {
    "en": (
        r"den(?:y|ies|ied|ying|ial|ials)\b|reject\w*|dismiss\w*|refut\w+|rebuff\w*|refus\w+"
        r"|declin(?:e|es|ed|ing) (?:to|the|an|any|both)|turn\w* down|cancel\w*"
        r"|call(?:ed|s|ing)? off"
        r"|postpon\w*|scrapp?\w*|abandon\w*|shelv\w*|suspend\w*"
        r"|fail(?:s|ed|ing|ures? (?:to|of))?\b|fabricat\w*|false\w*"
        r"|untrue|baseless|unfounded|lack\w*|absen(?:t|ce)|avoid\w*|avert\w*|prevent\w*|thwart\w*"
        r"|foil\w*|abort\w*|ceased?\b|halt\w*|unlikely|doubt\w*|rul(?:e|es|ed|ing) out|disput\w*"
        r"|disagree\w*|contradict\w*|contest(?:s|ed|ing)\b|unable|impossible|unanswered|unmet"
        r"|fell through|off the table|held back|stopp?(?:ed|s|ing)? short|boycott\w*|pull\w* out"
        r"|rather than|instead of|a lie\b|lies\b|hoax|invent(?:ed|ion)|misinformation|propaganda"
        r"|unsuccessful\w*|in vain|fell short|miss(?:ed|es|ing)?\b|few\b|little\b|no longer"
    ),
    "fr": (
        r"dément\w*|démenti\w*|ni(?:é|e|er|ent|ait)\b|rejet\w*|refus\w*|annul\w*"
        r"|report(?:é|ée|és)\b"
        r"|faux\b|fausse|suspend\w*|échou\w*|contest\w*|réfut\w*|déclin\w*|peu probable|exclu\w*"
        r"|improbable|empêch\w*|éviter?\b|dout\w*|manqu\w*|abandon\w*"
    ),
    "es": (
        r"neg(?:ó|aron|ar|ado|ando)|nieg\w*|desm[ie]nt\w*|rechaz\w*|cancel\w*|aplaz\w*|suspend\w*"
        r"|fals\w*|fracas\w*|descart\w*|improbable|refut\w*|rehus\w*"
    ),
    "de": (
        r"bestr(?:itt|eit)\w*|dementier\w*|leugn\w*|zurück(?:ge)?w[ie]+s\w*|ab(?:ge)?lehn\w*"
        r"|lehn\w*"
        r"|abgesagt|verschoben|falsch\w*|gescheitert|scheiter\w*|unwahrscheinlich|verweiger\w*"
    ),
    "ru": (
        r"опров\w+|отриц\w+|отверг\w*|отказ\w*|отмен\w*|отлож\w*|ложн\w*|ложь\w*|маловероятн\w*"
        r"|сорв\w+|провал\w*|приостан\w*|отклон\w*|исключ\w*|фейк\w*|неправд\w*|вряд ли"
        r"|перен(?:ес|оси)\w*|воздерж\w*|не ?соглас\w*"
    ),
    "uk": (
        r"спрост\w+|запереч\w+|відкин\w*|відмов\w*|скасу\w*|відкла\w*|фейк\w*|неправд\w*|навряд"
        r"|малоймовірн\w*|зірв\w*|призупин\w*|відхил\w*"
    ),
    "tr": (
        r"yalanla\w*|reddet\w*|redded\w*|iptal\w*|ertele\w*|asılsız\w*|inkâr\w*|inkar\w*"
        r"|geri çevir\w*"
        r"|yanlış\w*|başarısız\w*|askıya al\w*|itiraz\w*"
    ),
}
"""Verbs and nouns that say that it is not so, or did not come to be."""

UNREAL: Mapping[str, str] = {
    "en": (
        r"will\b(?! have (?:been )?\w+ed)|shall\b|would\b(?! have)|won['’]t\b|going to\b|gonna\b"
        r"|(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:to\b|set to|due|expected|scheduled"
        r"|slated|planned"
        r"|ready to|prepared to|preparing to|about to|supposed to|likely|unlikely|poised"
        r"|considering|weighing|threatening|proposed|ordered to|bound to)"
        r"|plan(?:s|ned|ning)? (?:to|for|on|a|an|the)\b|prepar(?:e|es|ing) (?:to|for|a|an)\b"
        r"|intend(?:s|ed|ing)? to|agree[ds]? to\b|pledg\w+ to|promis\w+ to|vow\w* to"
        r"|want(?:s|ed)? to"
        r"|hop(?:e|es|ed|ing) to|threat\w*|propos\w+|offer(?:s|ed|ing)? (?:to|a|an|talks)|should\b"
        r"|call(?:s|ed|ing)? (?:for|on|upon)|urg(?:e|es|ed|ing)\b|demand(?:s|ed|ing)?\b|invit\w+"
        r"|request\w*|recommend\w*|suggest(?:s|ed|ing)? (?:a|an|that)|consider(?:s|ed|ing)? \w+ing"
        r"|warn(?:s|ed|ing)? (?:of|against|that)|scheduled\b|planned\b|if\b|unless\b|in case\b"
        r"|could\b(?! not)|might\b|may\b(?! \d)|likely\b|unlikely\b|chances?\b|prospects?\b"
        r"|possib\w+|predict\w*|forecast\w*|expect\w*|anticipat\w*|upcoming|forthcoming|refus\w+ to"
        r"|ahead of (?:a|an|the)? ?(?:planned|possible|expected)|ready to|readiness to"
        r"|willing\w* to"
        r"|decid\w+ to|authori[sz]\w+ (?:the|a|an|to)\b|order(?:s|ed|ing)? (?:the|a|an|its|his)\b"
    ),
    "fr": (
        r"\w+(?:era|eront|ira|iront|dra|dront|rait|raient)\b|va\b|vont\b|sera\b|seront\b|aura\b"
        r"|doi(?:t|vent)\b|devra\w*|prévu\w*|prévoi\w*|prochain\w*|propos\w*|menac\w*|si\b"
        r"|pourrai\w*"
        r"|envisag\w*|invit\w*|appel(?:le|é|lent) à|attendu\w*|compte\w* \w+er\b|souhait\w*"
        r"|projet\w*"
        r"|peut\b|peuvent\b|probab\w*"
    ),
    "es": (
        r"\w+(?:rá|rán|ría|rían)\b|va a\b|van a\b|prev[eé]\w*|previst\w*|próxim\w*|prop(?:on|us)\w*"
        r"|amenaz\w*|si\b|plane\w*|podr\w+|invit\w*|deb(?:e|en) \w+r\b|program\w*|espera\w*"
    ),
    "de": (
        r"wird\b|werden\b|würde\w*|soll\w*|plan\w*|geplant\w*|droh\w*|falls\b|wenn\b|könnte\w*"
        r"|vorgeschlagen|vorschl\w*|schlug\w* vor|eingeladen|nächste\w*|angekündigt|erwart\w*"
    ),
    "ru": (
        r"буд(?:ет|ут|ем)\b|план\w*|намер\w*|намеч\w*|заплан\w*|предл\w*|предлож\w*|пригроз\w*"
        r"|угро\w*"
        r"|если\b|может\b|могут\b|мог\w*\b|ожида\w*|предсто\w*|приглас\w*|приглаш\w*|перед\b"
        r"|готов\w*"
        r"|призва\w*|собира\w*|вероятн\w*|маловероятн\w*|бы\b|должн\w*|обеща\w*|следующ\w*"
        r"|прогноз\w*"
        r"|возможн\w*|состоится|состоятся|пообеща\w*|планир\w*|хочет|хотят|чтобы\b"
    ),
    "uk": (
        r"буд(?:е|уть)\b|план\w*|намір\w*|запланов\w*|пропон\w*|запропон\w*|погро\w*|загро\w*"
        r"|якщо\b"
        r"|може\w*\b|очіку\w*|запро[сш]\w*|готов\w*|заклик\w*|ймовірн\w*|би\b|наступн\w*"
        r"|має \w+ти\b"
    ),
    "tr": (
        r"\w+(?:acak|ecek)\w*|plan\w*|öner\w*|tehdit\w*|eğer\b|beklen\w*|davet\w*|gelecek\b"
        r"|teklif\w*"
        r"|muhtemel\w*|hazırlan\w*|\w+(?:abilir|ebilir)\w*|çağr\w*|olası\w*|öngör\w*"
    ),
}
"""What has not happened: the future, a plan, a condition, a wish, a threat, a chance."""

_PLANNED = (
    r"will\b|shall\b|would\b|plan\w*|schedul\w*|due\b|(?:is|are|was|were) (?:\w+ )?to\b|set to"
    r"|going to|intend\w*|intent\w*|prepar\w*|order\w*|deci(?:de|sion)\w*|agree\w*|expect\w*"
    r"|approv\w*"
    r"|announc\w*|upcoming|forthcoming|next\b|later this|commit\w*|ready|vow\w*|pledg\w*|promis\w*"
    r"|slated|about to|seek\w*|sought|want\w*|hop(?:e|es|ed|ing)\b|aim\w*|invit\w*|propos\w*"
    r"|by \d{4}"
    r"|authori[sz]\w*|ahead of|soon\b|future|to be\b|poised|in order to|so that|designed|until\b"
    r"|called? for|offer\w*|goal|effort\w*|tender|to come\b|scheme|program\w*|ordered|'ll\b|’ll\b"
    r"|in (?:the )?(?:coming|autumn|spring|summer|winter)|tomorrow|considering|eye(?:s|ing)\b"
    r"|meant to|must\b|need\w* to|should\b|mandate|strategy|bid to|campaign to"
)
_PROPOSED = (
    r"propos\w*|offer\w*|suggest\w*|call(?:s|ed|ing)?\b|urg\w*|ready|readiness|willing\w*"
    r"|request\w*"
    r"|ask\w*|invit\w*|demand\w*|want\w*|should\b|recommend\w*|seek\w*|sought|appeal\w*|would\b"
    r"|could\b|consider\w*|discuss\w*|idea|need\w*|must\b|advocat\w*|press(?:ed|es|ing)? for"
    r"|plan\w*"
    r"|let\b|ought|support\w* (?:a|an|the)|favou?r\w*|accept\w*|welcom\w*|encourag\w*|advis\w*"
    r"|initiative|draft\w*|open to|prepared to|mediat\w*|hop(?:e|es|ed|ing)\b|wish\w*|resolution"
)
_THREATENED = (
    r"threat\w*|warn\w*|vow\w*|would\b|will\b|ultimatum|otherwise|if\b|unless\b|pledg\w*|promis\w*"
    r"|danger\w*|ready to|prepared to|consequences|retaliat\w*|reveng\w*|aveng\w*|swore|sworn"
    r"|deadline|menac\w*|respond|'ll\b|’ll\b|intend\w*|going to"
)
_PREDICTED = (
    r"will\b|would\b|predict\w*|expect\w*|forecast\w*|likel\w*|unlikely|anticipat\w*|could\b|may\b"
    r"|might\b|chance\w*|possib\w*|probab\w*|risk\w*|fear\w*|warn\w*|foresee\w*|soon\b|doubt\w*"
    r"|should\b|danger\w*|certain\w*|future|believ\w*|think\w*|prospect\w*|eventual\w*|bound to"
    r"|project\w*|estimat\w*|sceptic\w*|skeptic\w*|'ll\b|’ll\b|can\b|plan\w*|to come\b|next\b|odds"
    r"|improbable|until\b|threat\w*|going to|outlook|coming\b|hop(?:e|es|ed|ing)\b|see(?:s|n)?\b"
)
_HYPOTHETICAL = (
    r"if\b|would\b|could\b|might\b|may\b|possib\w*|unless\b|should\b|were to|can\b|potential\w*"
    r"|in case|hypothe\w*|scenario\w*|likel\w*|risk\w*|whether|without\b|any\b|imagin\w*|suppos\w*"
    r"|in the event|were\b|threat\w*|chance\w*|danger\w*|will\b|otherwise|prospect\w*|provided\b"
    r"|allow\w*|enabl\w*|able\b|capab\w*|'d\b|’d\b|need\w*|must\b|so that|fear\w*|warn\w*"
)
_ATTEMPTED = (
    r"attempt\w*|tr(?:y|ied|ies|ying)\b|fail\w*|foil\w*|thwart\w*|intercept\w*|sought|seek\w*"
    r"|effort\w*"
    r"|repel\w*|repuls\w*|prevent\w*|unsuccess\w*|botched|abort\w*|shot down|stopp\w*|block\w*"
    r"|bid\b"
    r"|nearly|almost|without success|turn\w* back|avert\w*|disrupt\w*|aim\w*|plot\w*|struggl\w*"
    r"|miss(?:ed|es)?\b|in vain|before\b|downed|destroyed in|push\w*|target\w*|surviv\w*|escap\w*"
    r"|unhurt|unharmed|unscathed|uninjured|injured|wounded|defus\w*|disarm\w*|discover\w*|found\b"
    r"|unexploded|jam(?:med|ming)|misfir\w*|fizzl\w*|malfunction\w*|explod\w*|blew up|broke up"
    r"|crash\w*|veer\w*|lost\b|off course|beat\w* (?:off|back)|fought off|driven (?:off|back)"
    r"|drove (?:off|back)|ward\w* off|resist\w*|withst\w+|held\b|hold\w* out|short of|despite\b"
    r"|but\b|although\b|though\b|not\b|n['’]t\b|no\b|never\b|without\b|wide of|fell\b|saved\b"
    r"|averted|interrupt\w*|deflect\w*|evad\w*|fled\b|dodg\w*|ambition\w*|approach\w*|close to"
)
_CANCELLED = (
    r"cancel\w*|postpon\w*|call(?:ed|s|ing)? off|suspend\w*|scrapp?\w*|abandon\w*|delay\w*|put off"
    r"|withdr\w*|pull\w* out|fell through|collaps\w*|shelv\w*|br(?:eak|oke|oken)\w* off|drop\w*"
    r"|ended"
    r"|(?:did|does|would|will|had|has) not\b|no longer|never\b|halt\w*|reschedul\w*|stall\w*"
    r"|froze\w*"
    r"|call\w* it off|n['’]t\b|fail\w*|cut short|skip\w*|stay\w* away|pulled\b|ruled out|unable"
)
_REFUSED = (
    r"refus\w*|reject\w*|declin\w*|boycott\w*|rul\w+ out|turn\w* down|not\b|no\b|never\b|nothing\b"
    r"|rebuff\w*|snub\w*|den(?:y|ies|ied)|dismiss\w*|unwilling\w*|n['’]t\b|spurn\w*"
    r"|without \w+ing\b|nor\b"
    r"|unanswered|ignor\w*|oppos\w*|against\b|skip\w*|stay\w* away|unacceptable"
    r"|walk\w* (?:out|away)"
    r"|fail\w*|neither|nobody|none|object\w*|resist\w*"
)

IDLE: Mapping[str, str] = {
    "en": (
        r"(?:if|unless|until|in case|provided)\b[^,;:]*"
        r"|(?:not|never|neither|nor|no|none|nobody|cannot|\w+n['’]t|unable|declin\w+|refus\w+)"
        r"\b(?:(?! (?:that|but|and)\b)[^,;:]){0,40}?\b(?:confirm\w*|verif\w+|announc\w+"
        r"|disclos\w+|comment\w*|publish\w*|reveal\w*|releas\w+|elaborat\w+|specif\w+|immediately"
        r"|(?:be|being) (?:named|identified|quoted)|say (?:wh\w+|how|if)"
        r"|g[ai]ve (?:any |further )?\w+)"
        r"|and not\b(?=,|$| (?:in|on|at|by|for|as|with|from)\b)[^;:]*"
        r"|at denying\b|to deny (?:the|its|their|his|her|them|him)"
        r" (?!accus|alleg|report|claim|charg)"
    ),
    "ru": (
        r"не (?:менее|более|только|раньше|позднее|позже|раскры\w+|сообща\w+|комментир\w+|назыв\w+"
        r"|уточн\w+|подтвер\w+|публик\w+)"
    ),
    "uk": (
        r"не (?:менше|більше|лише|тільки|раніше|пізніше|розкри\w+|повідомля\w+|комент\w+|назива\w+"
        r"|уточн\w+|підтвер\w+)"
    ),
}
"""Negations that deny nothing: of a condition, of what is not said or confirmed, of an adjunct."""

LICENCES: Mapping[Vocabulary, str] = {
    Realis.PLANNED: _PLANNED,
    Realis.PROPOSED: _PROPOSED,
    Realis.THREATENED: _THREATENED,
    Realis.ATTEMPTED: _ATTEMPTED,
    Realis.PREDICTED: _PREDICTED,
    Realis.HYPOTHETICAL: _HYPOTHETICAL,
    MeetingStatus.PLANNED: _PLANNED,
    MeetingStatus.PROPOSED: _PROPOSED,
    MeetingStatus.CANCELLED: _CANCELLED,
    MeetingStatus.REFUSED: _REFUSED,
    ClaimStatus.ACCUSED: (
        r"accus\w*|blam\w*|alleg\w*|charg(?:e|es|ed|ing)\b|hold\w* \w+ responsible|responsib\w*"
        r"|condemn\w*|denounc\w*|point\w* (?:the |a )?finger|behind\b|guilt\w*|culprit|suspect\w*"
        r"|attribut\w*|complain\w*|violat\w*|implicat\w*|indict\w*|claim\w*|fault|critici\w*"
        r"|slam\w*|perpetrat\w*|the work of|carried out by|link\w*|tied to|trac(?:ed|es)"
        r"|fingerprint\w*"
        r"|orchestrat\w*|mastermind\w*|sponsor\w*|decr(?:y|ied|ies)|assail\w*|lambast\w*|terror\w*"
        r"|aggress\w*|crim(?:e|inal)\w*|murder\w*|massacre\w*|illegal\w*|unlawful\w*|breach\w*"
        r"|concern\w*|fear\w*|worr(?:y|ie)\w*|warn\w*|provo[ck]\w*|pirac\w*|pirate\w*|barbar\w*"
        r"|sabot\w*|lied\b|lying\b|traitor\w*|treacher\w*"
        r"|say(?:s|ing)? .{0,60}\bby\b|said .{0,60}\bby\b"
    ),
    ClaimStatus.CONFIRMED: (
        r"confirm\w*|verif\w*|acknowledg\w*|corroborat\w*|prov(?:e|es|ed|en)\b|admit\w*|evidence"
        r"|show(?:s|ed|n)?\b|agree[ds]?\b|conced\w*|establish\w*|attest\w*|authenticat\w*"
        r"|recogni[sz]\w*"
        r"|validat\w*|support(?:s|ed)\b|independent\w*|according to|also\b|reveal\w*|own(?:s"
        r"|ed)? (?:up|to)"
        r"|too\b|same\b|concur\w*|accept\w*|claimed responsibility|responsibility|back(?:s"
        r"|ed) (?:up|the)"
        r"|yes\b|right\b|true\b|correct\b|bears? out|bore out|borne out|likewise|echo\w*|second\w*"
        r"|substantiat\w*|certif\w*|ascertain\w*|notif\w*|official\w*"
    ),
}
"""English words without one of which a value has nothing to rest on in its sentences."""

_CONTRASTS = (
    r"whereas\b|while\b|but\b|however\b|contrary|although\b|though\b|despite\b|question\w*"
    r"|critici\w*|challeng\w*|sceptic\w*|skeptic\w*|oppos\w*|against\b|un(?:clear|verified"
    r"|confirmed)"
    r"|alleg\w*|different\w*|disput\w*|evidence|inaccura\w*|wrong\w*|incorrect\w*|mistak\w*"
    r"|mislead\w*|objec\w*|condemn\w*|protest\w*|call(?:ed|s|ing)? (?:it|the|this|that|them)\b"
    r"|only\b|conced\w*|version|defen[cs]e|insist\w*|yet\b|other\b|instead\b|un\w+ly\b"
    r"|because of|caused by|due to|account\b|counter\w*|correct\w*|puzzl\w*|cast\w* doubt"
    r"|suspicio\w*"
    r"|suppos\w*|so-called|exaggerat\w*|inflat\w*|overstat\w*|argu\w*|rather\b|merely\b|simply\b"
    r"|just\b|own\b|itself\b|themselves\b|respon[ds]\w*|repl(?:y|ied|ies)|retort\w*|in fact"
    r"|actual\w*"
)
"""English words that set one account against another, short of denying it."""

OPEN: tuple[str, ...] = (
    UNREAL["en"],
    *(
        LICENCES[value]
        for value in (
            Realis.PLANNED,
            Realis.PROPOSED,
            Realis.THREATENED,
            Realis.PREDICTED,
            Realis.HYPOTHETICAL,
        )
    ),
)
"""English words with any of which something in a sentence may be yet to come, or a mere chance."""

AGAINST: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:forg(?:ed|ery|eries)|fak\w+|hoax\w*|bogus|sham|fictitious|fiction\w*|imagin\w+"
        r"|made[ -]up|rumou?r\w*|false\w*|untrue|mis(?:taken|report|stat|inform|identif"
        r"|understo)\w*"
        r"|errors?|erroneous\w*|incorrect\w*|inaccurate\w*|wrong\w*|retract\w*|debunk\w*|disprov\w+"
        r"|discredit\w*|invent(?:ed|ion)|concoct\w*|stage-managed|photomontage|deep-?fake|prank\w*"
        r"|corrected|correction|turned out|in fact|in reality|instead|averted|stood down|stand-down"
        r"|held (?:its|their|his|her|back)|lapsed|elapsed|expired|pass(?:ed|es) (?:off|by|quietly"
        r"|without)"
        r"|calm|quiet\w*|uneventful\w*|intact|spared?|unharmed|un(?:touched|scathed|hurt|fulfilled"
        r"|realised|realized|delivered|carried)|empty|idle|dropped|scrubbed|aborted|shelved|foiled"
        r"|thwarted|prevented|stopped|halted|turn(?:ed|ing) (?:back|around)|came to nothing|dormant"
        r"|far from|anything but|unlike|only|merely|just|too late|failed|dry run|hypothetical)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"\b(?:n['’e]|pas|sans|in\w+|im\w+|ir\w+|d[eé]s?\w+|faux|fausse\w*)\b", re.I),
    "es": re.compile(r"\b(?:no|sin|in\w+|im\w+|des\w+|fals\w+)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:не\w*|ни\w*|без\w*|бес\w+|отсутств\w+|фальш\w+|подде\w+|лишь)\b", re.I),
    "uk": re.compile(r"\b(?:не\w*|ні\w*|без\w*|відсутн\w+|фальш\w+|підроб\w+|лише)\b", re.I),
}
"""Other words, and other prefixes, in which it is said that something is not so."""


@lru_cache(maxsize=64)
def pattern(cues: str) -> re.Pattern[str]:
    """Cues as a pattern: in any case, each at the start of a word."""
    return re.compile(rf"(?<!\w)(?:{cues})", re.IGNORECASE)


def telling(text: str, language: str) -> str:
    """A text without the negations in it that deny nothing."""
    idle = IDLE.get(language)
    return pattern(idle).sub(" ", text) if idle else text


def negates(text: str, language: str) -> bool:
    """Whether anything in a text says that something is not so, or did not come to be."""
    text = telling(text, language)
    return any(pattern(table[language]).search(text) for table in (NEGATION, DENIAL))


def contrasts(text: str) -> bool:
    """Whether an English text sets one account against another."""
    return pattern(_CONTRASTS).search(text) is not None
