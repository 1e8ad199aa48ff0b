"""Capitals, which stand for their states or governments where the kind says that one is meant."""

from __future__ import annotations

_BY_COUNTRY = {
    "AFG": "kabul", "ALB": "tirana", "ARE": "abu dhabi", "ARG": "buenos aires", "ARM": "yerevan",
    "AUS": "canberra", "AUT": "vienna", "AZE": "baku", "BFA": "ouagadougou",
    "BGD": "dhaka", "BGR": "sofia", "BHR": "manama", "BIH": "sarajevo", "BLR": "minsk|минск",
    "CAN": "ottawa", "CHE": "bern", "CHL": "santiago", "CHN": "beijing|пекин|北京|بكين",
    "COD": "kinshasa", "COL": "bogota|bogotá", "CUB": "havana", "CYP": "nicosia", "CZE": "prague",
    "DEU": "berlin|берлин", "DNK": "copenhagen", "DZA": "algiers", "EGY": "cairo|القاهرة",
    "ERI": "asmara", "ESP": "madrid", "EST": "tallinn", "ETH": "addis ababa", "FIN": "helsinki",
    "FRA": "paris|париж", "GBR": "london|лондон|لندن", "GEO": "tbilisi", "GRC": "athens",
    "HUN": "budapest", "IDN": "jakarta", "IND": "new delhi|delhi", "IRL": "dublin",
    "IRN": "tehran|тегеран|طهران|德黑兰", "IRQ": "baghdad|بغداد", "ISR": "tel aviv", "ITA": "rome",
    "JOR": "amman", "JPN": "tokyo|东京", "KAZ": "astana", "KEN": "nairobi", "KGZ": "bishkek|бишкек",
    "KOR": "seoul|首尔", "LBN": "beirut", "LBY": "tripoli", "LTU": "vilnius", "LVA": "riga",
    "MAR": "rabat", "MDA": "chisinau", "MEX": "mexico city", "MLI": "bamako", "MMR": "naypyidaw",
    "NER": "niamey", "NGA": "abuja", "NOR": "oslo", "OMN": "muscat",
    "PAK": "islamabad", "PHL": "manila", "POL": "warsaw|варшава", "PRK": "pyongyang|平壤",
    "PRT": "lisbon", "QAT": "doha", "ROU": "bucharest", "RUS": "moscow|москва|موسكو|莫斯科",
    "RWA": "kigali", "SAU": "riyadh|الرياض", "SDN": "khartoum", "SEN": "dakar", "SOM": "mogadishu",
    "SRB": "belgrade|белград", "SSD": "juba", "SWE": "stockholm", "SYR": "damascus|دمشق",
    "TCD": "n djamena", "TGO": "lome|lomé", "THA": "bangkok", "TJK": "dushanbe|душанбе",
    "TKM": "ashgabat", "TUN": "tunis", "TUR": "ankara|анкара|أنقرة", "TWN": "taipei|台北",
    "UGA": "kampala", "UKR": "kyiv|kiev|киев|київ|كييف|基辅",
    "USA": "washington|вашингтон|واشنطن|华盛顿", "UZB": "tashkent",
    "VEN": "caracas", "VNM": "hanoi", "YEM": "sanaa", "ZWE": "harare",
}  # fmt: skip
# Brussels and The Hague are missing: they stand for more than one body.
CAPITALS = {name: code for code, names in _BY_COUNTRY.items() for name in names.split("|")}
"""By the normal form of the name, the ISO 3166 alpha-3 code of the country."""
