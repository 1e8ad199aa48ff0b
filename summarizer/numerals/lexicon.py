"""The words for numbers in ten languages.

A word is written as it is compared: in lower case, without marks over Cyrillic ё. Inflected forms
are listed where news has them; what isn't listed is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class Lexicon:
    """The number words of one language."""

    plain: Mapping[str, float]
    """Words that are added up: "twenty", "one"; those that are worth a half are among them."""
    scales: Mapping[str, float]
    """Words that multiply what stands before them: "dozen", "million"; alone they are one such."""
    vague: Mapping[str, float]
    """Words for so many at least, where no number stands before them: "dozens"."""
    ordinals: Mapping[str, float] = field(default_factory=dict)
    joints: frozenset[str] = frozenset()
    """Words that join two parts of one number: the "and" of "two hundred and six"."""
    points_group: bool = False
    """Whether "1.600" is sixteen hundred, and "1,6" is less than two."""
    blanks_group: bool = False
    """Whether "1 600" is one number."""
    ones_first: bool = False
    """Whether "five and twenty" is said for 25."""
    joins_tens: bool = False
    """Whether a joint stands behind tens as well: "treinta y cinco"."""
    digits_follow: bool = False
    """Whether "2 thousand 500" is one number."""

    @cached_property
    def known(self) -> frozenset[str]:
        """All words that a number can begin with."""
        return frozenset({*self.plain, *self.scales, *self.vague, *self.ordinals})

    @cached_property
    def begins(self) -> Callable[[str], bool]:
        """Whether a number may begin with a token of a text. What was told is kept."""

        def begins(token: str) -> bool:
            word = token.casefold()
            if self.ones_first and word not in self.known:
                word = word.removeprefix("و")
            return word in self.known or word[:1].isdecimal()

        return lru_cache(maxsize=1024)(begins)


def _counted(first: int, words: str, step: int = 1) -> dict[str, float]:
    """Words in order of value; forms of one value are joined by a slash."""
    return {
        form: float(first + step * place)
        for place, forms in enumerate(words.split())
        for form in forms.split("/")
    }


def _worth(**values: str) -> dict[str, float]:
    """Words by what they are worth: `e6` is a million, `n12` a dozen."""
    return {
        word: float(f"1{key}") if key.startswith("e") else float(key[1:].replace("_", "."))
        for key, words in values.items()
        for word in words.split()
    }


_ENGLISH = Lexicon(
    plain={
        **_counted(
            0,
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen",
        ),
        **_counted(20, "twenty thirty forty fifty sixty seventy eighty ninety", 10),
    },
    scales=_worth(
        n12="dozen", e2="hundred", e3="thousand k", e5="lakh lakhs", e6="million mn mln",
        e7="crore crores", e9="billion bn bln", e12="trillion tn trn",
    ),
    vague=_worth(
        n12="dozens", n20="scores", e2="hundreds", e3="thousands", e6="millions", e9="billions",
        e12="trillions",
    ),
    ordinals={
        **_counted(
            1,
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
            " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
        ),
        **_counted(
            20,
            "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
            10,
        ),
        "hundredth": 100.0,
        "thousandth": 1000.0,
    },
    joints=frozenset({"and"}),
)  # fmt: skip  # scales read better side by side
_FRENCH = Lexicon(
    plain={
        **_counted(
            0,
            "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze"
            " quinze seize",
        ),
        **_counted(20, "vingt/vingts trente quarante cinquante soixante", 10),
        **_worth(n0_5="demi demie"),
    },
    scales=_worth(
        n10="dizaine", n12="douzaine", n15="quinzaine", n20="vingtaine", n30="trentaine",
        n40="quarantaine", n50="cinquantaine", e2="cent cents centaine", e3="mille millier",
        e6="million millions", e9="milliard milliards", e12="billion billions",
    ),
    vague=_worth(n10="dizaines", n12="douzaines", e2="centaines", e3="milliers"),
    ordinals=_counted(
        1,
        "premier/première deuxième/second/seconde troisième quatrième cinquième sixième septième"
        " huitième neuvième dixième",
    ),
    joints=frozenset({"et"}),
    joins_tens=True,
    blanks_group=True,
)  # fmt: skip  # as above
_SPANISH = Lexicon(
    plain={
        **_counted(
            0,
            "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece"
            " catorce quince dieciséis diecisiete dieciocho diecinueve veinte"
            " veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis"
            " veintisiete veintiocho veintinueve",
        ),
        **_counted(30, "treinta cuarenta cincuenta sesenta setenta ochenta noventa", 10),
        **_counted(
            100,
            "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas"
            " quinientos/quinientas seiscientos/seiscientas setecientos/setecientas"
            " ochocientos/ochocientas novecientos/novecientas",
            100,
        ),
    },
    scales=_worth(
        n10="decena", n12="docena", n15="quincena", n20="veintena", n30="treintena", e2="centenar",
        e3="mil millar", e6="millón millones", e12="billón billones",
    ),
    vague=_worth(n10="decenas", n12="docenas", e2="centenares cientos", e3="miles millares"),
    ordinals=_counted(
        1,
        "primer/primera/primero segundo/segunda tercer/tercera/tercero cuarto/cuarta quinto/quinta"
        " sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima",
    ),
    joints=frozenset({"y"}),
    joins_tens=True,
    points_group=True,
    blanks_group=True,
)  # fmt: skip  # as above
_RUSSIAN = Lexicon(
    plain={
        **_counted(
            1,
            "один/одна/одно/одного/одной/одному/одним/одну"
            " два/две/двух/двум/двумя/двое/двоих"
            " три/трех/трем/тремя/трое/троих"
            " четыре/четырех/четырем/четырьмя/четверо/четверых"
            " пять/пяти/пятью/пятеро/пятерых шесть/шести/шестью/шестеро/шестерых"
            " семь/семи/семью/семеро/семерых восемь/восьми/восемью девять/девяти/девятью"
            " десять/десяти/десятью одиннадцать/одиннадцати двенадцать/двенадцати"
            " тринадцать/тринадцати четырнадцать/четырнадцати пятнадцать/пятнадцати"
            " шестнадцать/шестнадцати семнадцать/семнадцати восемнадцать/восемнадцати"
            " девятнадцать/девятнадцати",
        ),
        **_counted(
            20,
            "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти"
            " шестьдесят/шестидесяти семьдесят/семидесяти восемьдесят/восьмидесяти"
            " девяносто/девяноста",
            10,
        ),
        **_counted(
            100,
            "сто/ста двести/двухсот триста/трехсот четыреста/четырехсот пятьсот/пятисот"
            " шестьсот/шестисот семьсот/семисот восемьсот/восьмисот девятьсот/девятисот",
            100,
        ),
        **_worth(n1_5="полтора полторы полутора", n500000="полмиллиона"),
    },
    scales=_worth(
        n10="десяток десятка десятков", n12="дюжина дюжину дюжины", e2="сотня сотню сотни сотен",
        e3="тысяча тысячу тысячи тысяч тысячам тысячами тыс",
        e6="миллион миллиона миллионов миллионам млн",
        e9="миллиард миллиарда миллиардов миллиардам млрд", e12="триллион триллиона трлн",
    ),
    vague=_worth(n10="десятки десятков десятками", e2="сотен сотнями"),
    ordinals=_counted(
        1,
        "первый/первая/первое/первого/первой/первую"
        " второй/вторая/второе/второго/вторую"
        " третий/третья/третье/третьего/третьей/третью"
        " четвертый/четвертая/четвертого/четвертой/четвертую"
        " пятый/пятая/пятого/пятой/пятую шестой/шестая/шестого/шестую"
        " седьмой/седьмая/седьмого/седьмую восьмой/восьмая/восьмого/восьмую"
        " девятый/девятая/девятого/девятую десятый/десятая/десятого/десятую",
    ),
    blanks_group=True,
    digits_follow=True,
)  # fmt: skip  # as above
_UKRAINIAN = Lexicon(
    plain={
        **_counted(
            1,
            "один/одна/одне/одного/однієї/одну два/дві/двох/двом/двома/двоє три/трьох/трьом/троє"
            " чотири/чотирьох/чотирьом/четверо п'ять/п’ять/п'яти/п’яти/п'ятеро/п’ятеро"
            " шість/шести/шестеро сім/семи/семеро вісім/восьми дев'ять/дев’ять/дев'яти/дев’яти"
            " десять/десяти одинадцять/одинадцяти дванадцять/дванадцяти тринадцять/тринадцяти"
            " чотирнадцять/чотирнадцяти п'ятнадцять/п’ятнадцять шістнадцять сімнадцять"
            " вісімнадцять дев'ятнадцять/дев’ятнадцять",
        ),
        **_counted(
            20,
            "двадцять/двадцяти тридцять/тридцяти сорок/сорока п'ятдесят/п’ятдесят шістдесят"
            " сімдесят вісімдесят дев'яносто/дев’яносто",
            10,
        ),
        **_counted(
            100,
            "сто/ста двісті/двохсот триста/трьохсот чотириста п'ятсот/п’ятсот шістсот сімсот"
            " вісімсот дев'ятсот/дев’ятсот",
            100,
        ),
        **_worth(n1_5="півтора півтори"),
    },
    scales=_worth(
        n10="десяток десятки десятків", e2="сотня сотню сотні сотень",
        e3="тисяча тисячу тисячі тисяч тис",
        e6="мільйон мільйона мільйони мільйонів млн",
        e9="мільярд мільярда мільярди мільярдів млрд",
    ),
    vague=_worth(n10="десятки десятків", e2="сотні сотень"),
    blanks_group=True,
    digits_follow=True,
)  # fmt: skip  # as above
_TURKISH = Lexicon(
    plain={
        **_counted(
            0, "sıfır bir iki/ikisi üç/üçü dört/dördü beş/beşi altı/altısı yedi sekiz dokuz on"
        ),
        **_counted(20, "yirmi otuz kırk elli altmış yetmiş seksen doksan", 10),
    },
    scales=_worth(n12="düzine", e2="yüz", e3="bin", e6="milyon", e9="milyar", e12="trilyon"),
    vague=_worth(n10="onlarca", e2="yüzlerce", e3="binlerce", e6="milyonlarca"),
    ordinals=_counted(
        1, "birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu"
    ),
    points_group=True,
    digits_follow=True,
)
_ARABIC = Lexicon(
    plain={
        **_counted(
            1,
            "واحد/واحدة اثنان/اثنين/اثنتان/اثنتين/اثنا/اثني/اثنتي ثلاث/ثلاثة أربع/أربعة"
            " خمس/خمسة ست/ستة سبع/سبعة ثمان/ثماني/ثمانية تسع/تسعة عشر/عشرة",
        ),
        **_counted(
            20,
            "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين"
            " ثمانون/ثمانين تسعون/تسعين",
            10,
        ),
        **_counted(
            200,
            "مئتان/مئتين/مائتان/مائتين/مئتي/مائتي ثلاثمئة/ثلاثمائة أربعمئة/أربعمائة"
            " خمسمئة/خمسمائة ستمئة/ستمائة سبعمئة/سبعمائة ثمانمئة/ثمانمائة تسعمئة/تسعمائة",
            100,
        ),
        **_worth(n2000="ألفان ألفين ألفي", n2000000="مليونان مليوني مليونين"),
    },
    scales=_worth(
        n12="دزينة", e2="مئة مائة", e3="ألف ألفا آلاف", e6="مليون مليونا ملايين",
        e9="مليار مليارا مليارات بليون", e12="تريليون",
    ),
    vague=_worth(n10="عشرات العشرات", e2="مئات المئات", e3="الآلاف"),
    ordinals=_counted(
        1, "الأول/الأولى الثاني/الثانية الثالث/الثالثة الرابع/الرابعة الخامس/الخامسة"
        " السادس/السادسة السابع/السابعة الثامن/الثامنة التاسع/التاسعة العاشر/العاشرة",
    ),
    ones_first=True,
)  # fmt: skip  # as above
_PERSIAN = Lexicon(
    plain={
        **_counted(
            0,
            "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده"
            " هجده نوزده",
        ),
        **_counted(20, "بیست سی چهل پنجاه شصت هفتاد هشتاد نود", 10),
        **_counted(
            200, "دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد", 100
        ),
    },
    scales=_worth(e2="صد", e3="هزار", e6="میلیون", e9="میلیارد", e12="تریلیون"),
    vague=_worth(n10="ده‌ها دهها", e2="صدها", e3="هزاران"),
    ordinals=_counted(1, "اول/اولین دوم/دومین سوم/سومین چهارم پنجم ششم هفتم هشتم نهم دهم"),
    joints=frozenset({"و"}),
    joins_tens=True,
)  # fmt: skip  # as above

_LEXICONS: Mapping[str, Lexicon] = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "es": _SPANISH,
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
    "tr": _TURKISH,
    "ar": _ARABIC,
    "fa": _PERSIAN,
}
_POINTS = frozenset({"de", "it", "pt", "nl", "id", "da", "nb", "no", "ro", "el", "hr", "sr", "vi"})
_BLANKS = frozenset({"pl", "cs", "sk", "fi", "sv", "hu", "bg", "lt", "lv", "et"})

LANGUAGES = frozenset({*_LEXICONS, "zh"})
"""ISO 639-1 codes of the languages whose number words are read; digits are read in every one."""


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The number words of a language; of one without a table, none."""
    return _LEXICONS.get(language) or Lexicon(
        {}, {}, {}, points_group=language in _POINTS, blanks_group=language in _BLANKS
    )
