"""The closed lists of words that identity goes by."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Before or after a company's name, and no part of it.
LEGAL_STARTS = _words("oao ooo zao pao ao jsc оао ооо зао пао ао тоо شركة")
LEGAL_ENDS = LEGAL_STARTS | _words(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh ag sa sas sarl spa srl nv bv",
    "oy ab aps kg pte pty co company",
)
EASTERN_LEGAL = ("股份有限公司", "有限公司", "株式会社", "公司")
# What offices and bodies of a state are called: nothing else says which state's they are.
BODIES = _words(
    "government administration cabinet parliament ministry department office agency presidency",
    "military army navy air force forces armed marines coast guard guards police border security",
    "council intelligence service services defense foreign affairs interior state finance justice",
    "energy health trade commerce treasury embassy delegation mission national general staff",
    "command ground naval special authorities authority officials troops secretary minister",
    "president premier prime chancellor king leader spokesman spokeswoman spokesperson leadership",
    "chief central bank supreme court group organisation organization movement",
    "该组织 该国 政府 军方 外交部 国防部 总统 总理 外长 部长 发言人 部队 当局 军队",
    "الحكومة الجيش الوزارة الرئيس الوزير المتحدث الحركة الجماعة القوات",
    "حكومة جيش وزارة خارجية دفاع داخلية رئاسة قوات حركة مجلس شرطة بحرية",
    "دولت ارتش وزارت نیروی نیروهای دریایی هوایی زمینی سپاه مجلس پلیس سازمان",
    "ministerio gobierno ejército armada fuerza fuerzas policía guardia cancillería presidencia",
    "defensoría congreso consejo ministère gouvernement armée forces marine gendarmerie présidence",
    "bakanlığı hükümeti ordusu kuvvetleri міністерство уряд армія сили министерство правительство",
)
FUNCTION = _words(
    "of the for and a an to in on at by affairs de la du des del di da der und y et e",
    "по на в во и о об для с со за при к от из у",
)
RESPELT = {
    "defence": "defense",
    "department": "ministry",
    "dept": "ministry",
    "govt": "government",
    "prez": "president",
}
DIRECTIONS = {
    word: direction
    for direction, words in {
        "north": "north northern nord norte северный северная северной северного северные شمال"
        " الشمالية الشمالي",
        "south": "south southern sud sur южный южная южной южного южные جنوب الجنوبية الجنوبي",
        "east": "east eastern est este восточный восточная восточной восточного شرق الشرقية الشرقي",
        "west": "west western ouest oeste западный западная западной западного غرب الغربية الغربي",
        "centre": "central центральный центральная centrale",
        "upper": "upper верхний верхняя",
        "lower": "lower нижний нижняя",
    }.items()
    for word in words.split()
}
NEGATIONS = _words("non anti ex former not no counter pro не анти бывший экс غير")
_CARDINALS = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
NUMBERS = {
    word: str(value)
    for words in (_CARDINALS, _ORDINALS)
    for value, word in enumerate(words.split(), 1)
} | {
    word: str(value)
    for value, words in enumerate(
        (
            "первый первая первой первого",
            "второй вторая второго",
            "третий третья третьей третьего",
            "четвёртый четвертый четвёртая четвертая четвертой",
            "пятый пятая пятой пятого",
        ),
        1,
    )
    for word in words.split()
}
ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
# Offices in other languages than those that `names.without_title` knows, before a person's name.
OFFICES = _words(
    "президент премьер министр премьер-министр генерал генерал-майор генерал-лейтенант полковник",
    "посол канцлер король председатель глава госсекретарь господин вице обороны иностранных дел",
    "внутренних адмирал президента президентом министра министром президенту министру",
    "président présidente presidente präsident präsidentin kanzler bundeskanzler ministre ministro",
    "ministra premier première général coronel señor señora sr sra monsieur madame mme herr frau",
    "cumhurbaşkanı bakanı primer primeiro canciller amiral almirante",
    "الرئيس الوزير الجنرال اللواء العميد العقيد الشيخ الملك الأمير السيد الدكتور الفريق المشير",
)
# After a person's name in Chinese and Japanese.
EASTERN_OFFICES = (
    "国家主席", "总书记", "外交部长", "国防部长", "主席", "总统", "總統", "总理", "總理", "首相",
    "外长", "部长", "将军", "先生", "女士", "发言人", "大统领",
)  # fmt: skip
# Before the name that a person goes by.
PARTICLES = _words("al el as an ash bin ibn abu ben von van de del della di da dos du la le st")
# Two words of which the second is no surname: "Port Sorren", "New Aster".
NOT_FORENAMES = _words(
    "port lake mount mt fort cape gulf strait river san santa saint st new old upper lower north",
    "south east west central great camp operation exercise task hotel city lord lady mr mrs ms dr",
    "joint greater northern southern eastern western former the republic kingdom united",
)
