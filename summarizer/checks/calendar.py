"""Date phrases of other languages than English, put into English words to be read."""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.schemas.dates import find_phrases
from summarizer.schemas.dating.grammar import MONTHS, WEEKDAYS

_MONTHS = [month.capitalize() for month in MONTHS]
_DAYS = [day.capitalize() for day in WEEKDAYS]


def _named(english: list[str], words: str) -> dict[str, str]:
    """Words of another language in the order of the English ones; forms joined by a slash."""
    return {
        form: name
        for name, forms in zip(english, words.split(), strict=True)
        for form in forms.replace("_", " ").split("/")
    }


_WORDS: dict[str, dict[str, str]] = {
    "fr": {
        **_named(
            _MONTHS,
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        ),
        **_named(_DAYS, "lundi mardi mercredi jeudi vendredi samedi dimanche"),
        "hier": "yesterday", "aujourd'hui": "today", "aujourd’hui": "today", "demain": "tomorrow",
    },
    "es": {
        **_named(
            _MONTHS,
            "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre"
            " noviembre diciembre",
        ),
        **_named(_DAYS, "lunes martes miércoles jueves viernes sábado domingo"),
        "ayer": "yesterday", "hoy": "today",
    },
    "ru": {
        **_named(
            _MONTHS,
            "январь/января/январе февраль/февраля/феврале март/марта/марте апрель/апреля/апреле"
            " май/мая/мае июнь/июня/июне июль/июля/июле август/августа/августе"
            " сентябрь/сентября/сентябре октябрь/октября/октябре ноябрь/ноября/ноябре"
            " декабрь/декабря/декабре",
        ),
        **_named(
            _DAYS,
            "понедельник/понедельника вторник/вторника среда/среду/среды четверг/четверга"
            " пятница/пятницу/пятницы суббота/субботу/субботы воскресенье/воскресенья",
        ),
        "вчера": "yesterday", "сегодня": "today", "завтра": "tomorrow",
        "прошлом году": "last year", "прошлого года": "last year", "прошлом месяце": "last month",
        "прошлой неделе": "last week", "этом году": "this year", "этом месяце": "this month",
        "следующем году": "next year", "следующем месяце": "next month",
        "следующей неделе": "next week",
    },
    "uk": {
        **_named(
            _MONTHS,
            "січень/січня/січні лютий/лютого/лютому березень/березня/березні квітень/квітня/квітні"
            " травень/травня/травні червень/червня/червні липень/липня/липні"
            " серпень/серпня/серпні вересень/вересня/вересні жовтень/жовтня/жовтні"
            " листопад/листопада/листопаді грудень/грудня/грудні",
        ),
        **_named(
            _DAYS,
            "понеділок/понеділка вівторок/вівторка середа/середу/середи четвер/четверга"
            " п'ятниця/п’ятницю/п'ятницю/п’ятниці субота/суботу/суботи неділя/неділю/неділі",
        ),
        "вчора": "yesterday", "учора": "yesterday", "сьогодні": "today", "завтра": "tomorrow",
    },
    "tr": {
        **_named(
            _MONTHS,
            "ocak/ocak'ta şubat/şubat'ta mart/mart'ta nisan/nisan'da mayıs/mayıs'ta"
            " haziran/haziran'da temmuz/temmuz'da ağustos/ağustos'ta eylül/eylül'de ekim/ekim'de"
            " kasım/kasım'da aralık/aralık'ta",
        ),
        **_named(_DAYS, "pazartesi salı çarşamba perşembe cuma cumartesi pazar"),
        "dün": "yesterday", "bugün": "today", "yarın": "tomorrow",
    },
    "ar": {
        **_named(
            _MONTHS,
            "يناير فبراير مارس أبريل/إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        ),
        **_named(
            _DAYS,
            "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        ),
        "أمس": "yesterday", "اليوم": "today", "غدا": "tomorrow",
    },
    "fa": {
        **_named(
            _MONTHS,
            "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
        ),
        **_named(_DAYS, "دوشنبه سه‌شنبه چهارشنبه پنج‌شنبه/پنجشنبه جمعه شنبه یکشنبه/یک‌شنبه"),
        "دیروز": "yesterday", "امروز": "today", "فردا": "tomorrow",
    },
    "zh": {
        "昨天": " yesterday ", "今天": " today ", "明天": " tomorrow ", "昨日": " yesterday ",
    },
}  # fmt: skip  # three words to a line read better than one
_HAN_DATE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})[日号])?")
_HAN_DAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_HAN_DAYS = "一二三四五六日"
_MONTH = "|".join(_MONTHS)
_PERIODS = (
    r"(?:last|next|this|previous|coming|past) (?:week|weekend|month|year|spring|summer|autumn"
    rf"|winter|{'|'.join(_DAYS)})"
)
_LOOSE = re.compile(
    rf"\b(?:(?:{'|'.join(month for month in _MONTHS if month not in ('March', 'May'))}"
    rf"|(?<=\bof )(?:March|May)|{'|'.join(_DAYS)})\b(?:(?<=y)|(?! \d))"
    rf"|{_PERIODS}|yesterday|tomorrow|tonight)\b"
)
_DATED = re.compile(
    r"[0-9]{4}|[0-9](?:st|nd|rd|th)|day|tomorrow|night|morning|afternoon|evening|week|month|year"
    r"|spring|summer|autumn|winter"
    rf"|(?<![a-z])(?:{'|'.join(month[:3].lower() for month in _MONTHS)})"
)
"""What there is in every date, in small letters: days alone, as in "3 to 5", are none."""
_ELSEWHERE = re.compile(
    r"\b(?:that|the same|the following|the previous|the next) (?:day|week|month|year|night|evening"
    r"|morning)\b|\b(?:day|night|week|month|year|hour)s? (?:later|earlier|before|after|since)\b",
    re.IGNORECASE,
)
_OF = re.compile(rf"(\d)\s+de\s+({_MONTH})(?:\s+(?:de|del)\s+(?=\d))?")
_BARE = re.compile(rf"(?<!\d\s)\b({_MONTH})\b(?!\s+\d)")


def in_english(text: str, language: str | None) -> str:
    """A text with the words of its dates put into English; any other words are left."""
    words = _WORDS.get(language or "")
    return text if not words else _translated(text, language or "")


@lru_cache(maxsize=1024)
def _translated(text: str, language: str) -> str:
    if language == "zh":
        text = _HAN_DAY.sub(
            lambda match: f" {_DAYS[_HAN_DAYS.index(match[1].replace('天', '日'))]} ", text
        )
        text = _HAN_DATE.sub(_han_date, text)
    text = _pattern(language).sub(lambda match: _WORDS[language][match[0].casefold()], text)
    text = _OF.sub(lambda match: f"{match[1]} {match[2]} ", text)
    return _BARE.sub(r"in \1", text)


def _han_date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    return f" {day or 'in'} {_MONTHS[int(month) - 1]} {year or ''} "


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    words = sorted(_WORDS[language], key=len, reverse=True)
    edges = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{edges[0]}(?:{'|'.join(map(re.escape, words))}){edges[1]}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def dated_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the date phrases in an English text, or in one put into English.

    Single words of the calendar are among them, even where they are part of a longer phrase that
    can't be read: the "August" of "the second half of August".
    """
    if not _DATED.search(text.lower()):  # most texts
        return ()
    spans = find_phrases(text)
    for match in _LOOSE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            spans.append(match.span())
    return tuple(sorted(spans))


def counts_from_another(text: str) -> bool:
    """Whether a text has a date that counts from another: "three days later"."""
    return _ELSEWHERE.search(text) is not None
