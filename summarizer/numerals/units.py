"""Units that a number may have, under one code each, in the languages of the number words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "second": "second seconds sec secs seconde secondes segundo segundos секунд секунды saniye",
    "minute": "minute minutes min mins minuto minutos минут минуты минуту хвилин хвилини dakika"
    " دقيقة دقائق دقیقه 分钟",
    "hour": "hour hours hr hrs h heure heures hora horas час часа часов годин години годину saat"
    " ساعة ساعات ساعت 小时",
    "day": "day days jour jours día días день дня дней днів дні gün يوم يوما أيام روز 天 日",
    "week": "week weeks semaine semaines semana semanas неделя недели недель неделю тиждень тижні"
    " тижнів hafta أسبوع أسابيع هفته 周 星期",
    "month": "month months mois mes meses месяц месяца месяцев місяць місяці місяців ay شهر أشهر"
    " شهور ماه 个月",
    "year": "year years yr yrs an ans année années año años год года лет рік роки років yıl سنة"
    " سنوات عام أعوام سال 年",
    "decade": "decade decades décennie décennies década décadas десятилетий десятилетия",
    "USD": "dollar dollars dólar dólares доллар доллара долларов долл долар долари доларів dolar"
    " دولار دولارات دلار 美元 usd",
    "EUR": "euro euros евро євро avro يورو یورو 欧元 eur",
    "GBP": "pound pounds livre livres фунт фунта фунтов sterling 英镑 gbp",
    "JPY": "yen йен иен 日元 jpy",
    "CNY": "yuan renminbi rmb юань юаня юаней يوان 元 人民币 cny",
    "RUB": "rouble roubles ruble rubles рубль рубля рублей руб روبل 卢布 rub",
    "UAH": "hryvnia hryvnias гривна гривен гривень гривні uah",
    "TRY": "lira liras лир lirası try",
    "INR": "rupee rupees рупий inr",
    "CHF": "franc francs chf",
    "AED": "dirham dirhams درهم aed",
    "SAR": "riyal riyals ريال sar",
    "IRR": "rial rials ریال irr",
    "PLN": "zloty zlotys pln",
    "shekel": "shekel shekels ils nis",
    "won": "won krw",
    "crown": "krone kroner krona kronor koruna",
    "mile": "mile miles mi millas миль мили мил",
    "km": "km kms kilometre kilometres kilometer kilometers kilómetro kilómetros kilomètre"
    " kilomètres км километр километра километров кілометр кілометрів kilometre كيلومتر"
    " كيلومترا کیلومتر 公里 千米",
    "metre": "metre metres meter meters metro metros mètre mètres м метр метра метров метрів متر"
    " مترا 米",
    "foot": "foot feet ft",
    "cm": "cm centimetre centimetres centimeter centimeters",
    "mm": "mm millimetre millimetres millimeter millimeters мм",
    "acre": "acre acres",
    "hectare": "hectare hectares ha hectárea hectáreas га",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes кг килограмм килограммов"
    " كيلوغرام کیلوگرم 公斤",
    "gram": "gram grams gramme grammes",
    "tonne": "tonne tonnes ton tons tonelada toneladas т тонна тонны тонн тонна طن أطنان تن 吨",
    "lb": "lb lbs",
    "litre": "litre litres liter liters litro litros л литр литра литров لتر 升",
    "gallon": "gallon gallons",
    "barrel": "barrel barrels baril barils barril barriles баррель барреля баррелей برميل بشکه 桶",
    "knot": "knot knots",
    "kt": "kt kiloton kilotons kilotonne kilotonnes",
    "MW": "mw megawatt megawatts",
    "GW": "gw gigawatt gigawatts",
    "degree": "degree degrees",
    "%": "% percent pct percentage процент процента процентов відсоток відсотка відсотків yüzde"
    " 百分点 porcentaje",
}
_SIGNS: Mapping[str, str] = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₴": "UAH", "₺": "TRY",
    "₹": "INR", "₪": "shekel", "₩": "won", "us$": "USD", "a$": "AUD", "c$": "CAD",
}  # fmt: skip  # signs read better side by side
_COUNTRIES = {"us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD"}
_BETWEEN = frozenset(
    {"square", "cubic", "metric", "nautical", "full", "consecutive", "straight", "more"}
    | {"additional", "further", "other", "long", "working", "calendar", "us", "american"}
    | {"canadian", "australian", "british", "de", "d", "des", "сша"}
)
_SHAPES = {"square": "²", "cubic": "³", "nautical": "nautical "}

_UNITS = {word: code for code, words in _WORDS.items() for word in words.split()}
_HAN = tuple(
    sorted((word for word in _UNITS if "\u4e00" <= word[0] <= "\u9fff"), key=len, reverse=True)
)

TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
"""Units of time."""
MONEY = frozenset(
    {*_SIGNS.values(), "CNY", "CHF", "AED", "SAR", "IRR", "PLN", "crown", "AUD", "CAD"}
)
"""Currencies."""

_AFTER = re.compile(r"\s?(%|[€£¥₽₴₺₹₪₩]|[^\W\d_]+(?:['’][^\W\d_]+)?)|[\s-]([^\W\d_]+)")
_BEFORE = re.compile(
    r"(?:(us\$|[ac]\$|[$€£¥₽₴₺₹₪₩])|\b(usd|eur|gbp|jpy|cny|rmb|rub|uah|try|inr|chf|aed|sar|pln))"
    r"[\s\u00a0]?\Z",
    re.IGNORECASE,
)
_PER_HUNDRED = re.compile(r"per[\s-]?cent|pour cent|por ciento|في المئة|في المائة|درصد|％|بالمئة")
_WORDS_AHEAD = 3


def unit_of(text: str) -> str | None:
    """The code of the first unit that a text names; None where it names none that is known."""
    words = re.findall(r"us\$|[ac]\$|[^\W\d_]+|[$€£¥₽₴₺₹₪₩%]", text.casefold())
    for place, word in enumerate(words):
        code = _SIGNS.get(word) or _UNITS.get(word)
        if code is not None:
            return _shaped(code, words[:place])
    return None


def unit_beside(text: str, start: int, end: int) -> str | None:
    """The unit of the number that stands in `text` from `start` to `end`."""
    before = _BEFORE.search(text, max(0, start - 5), start)
    if before is not None:
        found = (before[1] or before[2]).casefold()
        return _SIGNS.get(found) or _UNITS[found]
    passed: list[str] = []
    rest = text[end : end + 48].casefold()
    if _PER_HUNDRED.match(rest.lstrip(" -\u00a0")):
        return "%"
    if rest.startswith(_HAN):
        return _UNITS[next(word for word in _HAN if rest.startswith(word))]
    position = 0
    for _ in range(_WORDS_AHEAD):
        match = _AFTER.match(rest, position)
        if match is None:
            return None
        word = match[1] or match[2]
        code = _SIGNS.get(word) or _UNITS.get(word)
        if code is not None:
            return _shaped(code, passed)
        if word not in _BETWEEN:
            return None
        passed.append(word)
        position = match.end()
    return None


def _shaped(code: str, before: list[str]) -> str:
    """A code with what stood before its word: "square kilometre", "Canadian dollar"."""
    if code == "USD":
        return next((_COUNTRIES[word] for word in before if word in _COUNTRIES), code)
    shape = next((_SHAPES[word] for word in before if word in _SHAPES), "")
    return f"{shape}{code}" if shape.endswith(" ") else f"{code}{shape}"
