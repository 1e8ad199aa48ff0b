"""The closed lists of words that names are told by."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Words that end what stands before a person's name and is not part of it.
TITLE_ENDS = _words(
    "president premier chancellor king queen prince emir sultan minister secretary state",
    "general gen colonel col lieutenant lt major maj brigadier captain capt commander cmdr",
    "admiral adm marshal sergeant sgt ambassador amb envoy representative spokesman spokeswoman",
    "spokesperson director chief chairman chairwoman chair senator sen rep governor gov",
    "ayatollah sheikh imam pope dr prof professor mr mrs ms sir lord lady",
)
# Words that lead up to one of those: "Foreign" does in "Foreign Minister".
TITLES = TITLE_ENDS | _words(
    "vice prime ministers undersecretary foreign defense defence interior deputy acting former",
    "brig special of the for u.s us uk u.k eu un u.n rear south north east west saudi new",
)
# What the holder of an office stands before: "Secretary of Defense", "Envoy for Yemen".
OFFICE = _words("of for")
DEPARTMENTS = _words("defense defence interior state")
GENERAL_BODIES = _words("assembly staff prosecutor conference council headquarters secretariat")
CONNECTORS = _words("of the for de la del da du des al el bin ibn ben van von y e")
# Capitalised for where they stand, not for what they name.
NOT_NAMES = _words(
    "a an the this that these those in on at by for from to of with and or but nor so yet if as",
    "when while after before since until during among amid despite although though however",
    "moreover meanwhile additionally according it its he his she her they their we our you your",
    "i my me us who what where why how which there here then now not no yes some many most",
    "several both all each every any other another such one two three four five six seven eight",
    "nine ten monday tuesday wednesday thursday friday saturday sunday january february march",
    "april may june july august september october november december today yesterday tomorrow",
    "simultaneously jan feb mar apr jun jul aug sep sept oct nov dec also still just only even",
    "once again earlier later last next",
)
DIRECTIONS = _words("north south east west")
ADJECTIVES = _words(
    "american israeli iraqi pakistani saudi yemeni kuwaiti emirati omani qatari somali bahraini",
    "bangladeshi azerbaijani kazakh uzbek tajik kyrgyz turkmen afghan german greek czech thai",
    "libyan kenyan cuban mexican african moroccan tibetan western eastern northern southern",
    "cypriot islamic muslim christian jewish arab kurdish",
)
