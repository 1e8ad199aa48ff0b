"""Planted answers: pairs of parties that are one, and pairs that are two, in several scripts.

Persons and bodies that are no public ones are invented.
"""

from __future__ import annotations

from summarizer.identity import Bearer


def _b(
    *names: str, kind: str | None = None, country: str | None = None, groups: tuple[str, ...] = ()
) -> Bearer:
    return Bearer(names, kind, country, groups)


STATE, BODY, FORCE, MAN = "state", "government_body", "armed_force", "official"
ARMED, IGO, NGO, FIRM, MEDIA = "non_state_armed_group", "igo", "ngo", "company", "media"
EXPERT, SPIES = "expert", "intelligence_service"

TEXT = (
    "The International Atomic Energy Agency (IAEA) met. It was told by the JCB (Joint Corrin "
    "Bureau) that it had ended. Общество спасения на водах (ОСВОД) ответило, а Международное "
    "агентство по атомной энергии (МАГАТЭ) промолчало. 世界卫生组织（世卫组织）发表声明。"
)
"""What explains the abbreviations below."""

SAME: list[tuple[Bearer, Bearer]] = [
    # The same but for how it is written.
    (_b("Norland"), _b("NORLAND")),
    (_b("the Norland Navy"), _b("Norland Navy")),
    (_b("U.S. Navy"), _b("US Navy")),
    (_b("Al-Shifa Brigade"), _b("al Shifa Brigade")),
    (_b("“Lantern” Group"), _b("Lantern Group")),
    (_b("Ministère de la Défense"), _b("Ministère de la défense")),
    # One name is enough, whatever kinds the model gave it.
    (_b("Norland", kind=STATE), _b("Norland", kind=BODY)),
    (_b("Hezbollah", kind=ARMED, country="LBN"), _b("Hezbollah", kind="political_party")),
    (_b("Hezbollah", kind=ARMED, country="LBN"), _b("Hezbollah", kind=ARMED, country="IRN")),
    (_b("TASS", kind=MEDIA), _b("TASS", kind=BODY)),
    # Aliases.
    (_b("Ana Ruiz", "Falcon", kind=MAN), _b("Falcon")),
    (_b("Corrin Tide Corps", "CTC"), _b("Tide Guards of Corrin", "CTC")),
    (_b("Harbour Council", "Corrin Council"), _b("Corrin Council")),
    # Titles.
    (_b("President Zelensky", kind=MAN), _b("Zelensky", kind=MAN)),
    (_b("Gen. Ruiz"), _b("Ruiz")),
    (_b("Lt. Gen. Ilya Brandt"), _b("Ilya Brandt", kind=MAN)),
    (_b("Norlandian Foreign Minister Tomas Vey"), _b("Tomas Vey")),
    (_b("Dr. Marta Oyelaran", kind=EXPERT), _b("Marta Oyelaran", kind=EXPERT)),
    (_b("Президент Андрей Волконин", kind=MAN), _b("Андрей Волконин", kind=MAN)),
    (_b("генерал-майор Илья Брандт"), _b("Илья Брандт")),
    (_b("Président Paul Arden"), _b("Paul Arden")),
    (_b("الرئيس محمود عباس", kind=MAN), _b("محمود عباس", kind=MAN)),
    (_b("اللواء سامر الكندي"), _b("سامر الكندي")),
    (_b("习近平主席", kind=MAN), _b("习近平", kind=MAN)),
    (_b("习主席", kind=MAN), _b("习近平", kind=MAN)),
    (_b("王毅外长", kind=MAN), _b("王毅", kind=MAN)),
    # Surnames and other short forms.
    (_b("Andrei Volkonin", kind=MAN), _b("Volkonin", kind=MAN)),
    (_b("Andrei Volkonin"), _b("Mr. Volkonin")),
    (_b("Bashar al-Assad", kind=MAN), _b("Assad", kind=MAN)),
    (_b("Bashar al-Assad", kind=MAN), _b("al-Assad", kind=MAN)),
    (_b("Xi Jinping", kind=MAN), _b("Xi", kind=MAN)),
    (_b("Kim Jong Un", kind=MAN), _b("Kim", kind=MAN)),
    (_b("Antony J. Vey"), _b("Antony Vey")),
    (_b("A. Volkonin", kind=MAN), _b("Andrei Volkonin", kind=MAN)),
    (_b("Ana María Ruiz", kind=MAN), _b("Ana Ruiz", kind=MAN)),
    (_b("Мария Захарова", kind=MAN), _b("Захарова", kind=MAN)),
    (_b("Андрей Волконин", kind=MAN), _b("Волконина", kind=MAN)),
    (_b("محمود عباس", kind=MAN), _b("عباس", kind=MAN)),
    # Transliterations and cases.
    (_b("Volodymyr Zelensky"), _b("Volodymyr Zelenskyy")),
    (_b("Zelensky", kind=MAN), _b("Zelenskiy", kind=MAN)),
    (_b("Sergei Lavrov"), _b("Sergey Lavrov")),
    (_b("Sergej Lavrov"), _b("Sergey Lavrov")),
    (_b("Nikolai Sorren"), _b("Nikolay Sorren")),
    (_b("Dmitri Volkonin"), _b("Dmitriy Volkonin")),
    (_b("Dmitry Volkonin"), _b("Dmitrii Volkonin")),
    (_b("Mohammed Kareem"), _b("Muhammad Kareem")),
    (_b("Saddam Hussein"), _b("Saddam Husayn")),
    (_b("Hezbollah"), _b("Hizbullah")),
    (_b("al-Qaeda"), _b("al-Qaida")),
    (_b("Houthis"), _b("Huthis")),
    (_b("Boris Yeltsin"), _b("Boris Eltsin")),
    (_b("Mikhail Sorren"), _b("Mihail Sorren")),
    (_b("Gadhafi"), _b("Gaddafi")),
    (_b("Baghdadi"), _b("Bagdadi")),
    (_b("Djamal Kareem"), _b("Dzhamal Kareem")),
    (_b("Qandil Corps"), _b("Kandil Corps")),
    (_b("Alexei Sorren"), _b("Aleksei Sorren")),
    (_b("El Kindi Corps"), _b("Al Kindi Corps")),
    (_b("السوريون"), _b("سوريون")),
    (_b("José Peña"), _b("Jose Pena")),
    (_b("Şükrü Demir"), _b("Sukru Demir")),
    (_b("Сергей Лавров"), _b("Сергея Лаврова")),
    (_b("Сергей Лавров"), _b("Sergei Lavrov")),
    (_b("Владимир Зеленский"), _b("Владимиром Зеленским")),
    (_b("Иран"), _b("Ирана")),
    (_b("Норландия", kind=STATE), _b("Норландией", kind=STATE)),
    (_b("الحوثيون"), _b("الحوثيين")),
    (_b("إيران", kind=STATE), _b("ايران", kind=STATE)),
    # States.
    (_b("Iran", kind=STATE), _b("Iranian", kind=STATE)),
    (_b("Iran", kind=STATE), _b("Islamic Republic of Iran", kind=STATE)),
    (_b("United States", kind=STATE), _b("U.S.", kind=STATE)),
    (_b("the United States"), _b("America")),
    (_b("Norland", kind=STATE), _b("Norlandian", kind=STATE)),
    (_b("Kestria", kind=STATE), _b("Kestrians", kind=STATE)),
    (_b("North Korea", kind=STATE), _b("DPRK", kind=STATE)),
    (_b("France", kind=STATE), _b("French", kind=STATE)),
    (_b("Washington", kind=STATE), _b("United States", kind=STATE)),
    # Their bodies.
    (_b("the Kremlin", kind=BODY), _b("Russian government", kind=BODY)),
    (_b("Kremlin"), _b("Government of Russia", kind=BODY)),
    (_b("Moscow", kind=BODY), _b("the Kremlin", kind=BODY)),
    (_b("the Pentagon", kind=BODY), _b("U.S. Department of Defense", kind=BODY)),
    (_b("Pentagon"), _b("Defense Department", kind=BODY, country="USA")),
    (_b("Iran's Foreign Ministry"), _b("Iranian Ministry of Foreign Affairs")),
    (_b("Ministry of Foreign Affairs of Iran"), _b("Iranian Foreign Ministry")),
    (_b("Foreign Ministry", kind=BODY, country="IRN"), _b("Iranian Foreign Ministry", kind=BODY)),
    (_b("Russian Ministry of Defence"), _b("Russia’s Defense Ministry")),
    (_b("Navy of Norland"), _b("Norlandian Navy")),
    (_b("Norland's navy", kind=FORCE), _b("Norlandian Navy", kind=FORCE)),
    (_b("Norland's military"), _b("Norlandian armed forces")),
    (_b("白宫"), _b("White House")),
    (_b("Кремль"), _b("Kremlin")),
    # Abbreviations.
    (_b("IAEA"), _b("International Atomic Energy Agency")),
    (_b("the IAEA", kind=IGO), _b("International Atomic Energy Agency", kind=BODY)),
    (_b("JCB"), _b("Joint Corrin Bureau")),
    (_b("МАГАТЭ"), _b("Международное агентство по атомной энергии")),
    (_b("ОСВОД"), _b("Общество спасения на водах")),
    (_b("世卫组织"), _b("世界卫生组织")),
    (_b("ICRC"), _b("International Committee of the Red Cross")),
    (_b("UN"), _b("United Nations")),
    # Legal forms.
    (_b("Norland Steel Ltd."), _b("Norland Steel")),
    (_b("Corrin Shipping, Inc.", kind=FIRM), _b("Corrin Shipping", kind=FIRM)),
    (_b("ООО «Северный ветер»"), _b("Северный ветер")),
    (_b("华兴有限公司", kind=FIRM), _b("华兴", kind=FIRM)),
    # Numbers in words and in digits.
    (_b("US Fifth Fleet", kind=FORCE), _b("US 5th Fleet", kind=FORCE)),
    (_b("II Corps", kind=FORCE), _b("Second Corps", kind=FORCE)),
    # The son goes by his father's name with what makes it one.
    (_b("bin Salman", kind=MAN), _b("Mohammed bin Salman", kind=MAN)),
]

DIFFERENT: list[tuple[Bearer, Bearer]] = [
    # A group is not its member, nor a state its bodies.
    (_b("Russia", kind=STATE), _b("Russian government", kind=BODY)),
    (_b("Russia"), _b("Russian Navy")),
    (_b("Russian government", "Russia", kind=BODY), _b("Russia", kind=STATE)),
    (_b("Russian Navy"), _b("Russian Ministry of Defence")),
    (_b("Russian Navy"), _b("Russian Army")),
    (_b("Norland"), _b("Norlandian Navy")),
    (_b("Kremlin"), _b("Russia", kind=STATE)),
    (_b("Kremlin"), _b("White House")),
    (_b("Pentagon"), _b("U.S. State Department")),
    (_b("the Pentagon", kind=BODY), _b("United States", kind=STATE)),
    (_b("Radwan Force", "Hezbollah", groups=("Hezbollah",)), _b("Hezbollah")),
    (_b("Hamas"), _b("Hamas Health Ministry", "Hamas", groups=("Hamas",))),
    (_b("Andrei Volkonin", kind=MAN), _b("Volkonin Group", kind=FIRM)),
    (_b("Volkonin", kind=FIRM), _b("Andrei Volkonin", kind=MAN)),
    (_b("Volkonin Ltd.", kind=FIRM), _b("Volkonin", kind=MAN)),
    (_b("Charlie Company"), _b("Charlie", kind=MAN)),
    (
        _b("Radwan Force", "Hezbollah", groups=("Hezbollah",)),
        _b("Party of the Reed", "Hezbollah", kind=ARMED),
    ),
    (_b("Radwan Force", groups=("Hezbollah",)), _b("Hezbollah", "Radwan Force")),
    (_b("United Nations"), _b("United Nations Security Council")),
    (_b("NATO"), _b("NATO Military Committee")),
    (_b("Tehran", kind=BODY), _b("Iran", kind=STATE)),
    (_b("美国总统", kind=MAN), _b("美国", kind=STATE)),
    (_b("президент России", kind=MAN), _b("Россия", kind=STATE)),
    (_b("президент России"), _b("России")),
    (_b("Президент Норландии"), _b("Норландии")),
    (_b("President of Norway"), _b("Norway")),
    (_b("俄罗斯国防部"), _b("俄罗斯")),
    (_b("الجيش السوري"), _b("الحكومة السورية")),
    (_b("Russian Foreign Ministry", "Russia"), _b("Russian Defence Ministry", "Russia")),
    (_b("Movement of the Tide", "Tide"), _b("Front of the Reed", "Tide")),
    (_b("外交部发言人", "该组织", kind=BODY), _b("国防部发言人", "该组织", kind=BODY)),
    (_b("Russian Foreign Ministry", "Tower"), _b("Russian Defence Ministry", "Tower")),
    (_b("Russian Rifle Corps", "Russia"), _b("Russian Volunteer Corps", "Russia")),
    (_b("Harbour Police", "police"), _b("police")),
    (_b("чиновники"), _b("чиновника")),
    (_b("Moscow"), _b("Kremlin")),
    (_b("Président de Norland"), _b("de Norland")),
    # What is called like a person is none.
    (_b("ANA"), _b("Arlo Norland Abel", kind=MAN)),
    (_b("Corrin"), _b("Corrin Vey", kind=MAN)),
    (_b("Norland's Falcon"), _b("Falcon", kind=MAN)),
    (_b("Palestinian Falcons"), _b("Falcons")),
    (_b("Port Falcon"), _b("Falcon", kind=MAN)),
    (_b("Reed Marsh Tide Heron Sail Falcon"), _b("Falcon", kind=MAN)),
    (_b("Hall"), _b("Hal")),
    # Two persons.
    (_b("Ana Ruiz"), _b("Tomas Ruiz")),
    (_b("Andrei Volkonin", "Volkonin"), _b("Pavel Volkonin", "Volkonin")),
    (_b("Ana Ruiz", "the minister"), _b("Tomas Vey", "the minister")),
    (_b("Ana Ruiz", "Foreign Minister"), _b("Tomas Vey", "Foreign Minister")),
    (_b("Ana Ruiz", "President"), _b("Tomas Vey", "President")),
    (_b("Antony J. Vey"), _b("Antony K. Vey")),
    (_b("A. Volkonin"), _b("Pavel Volkonin")),
    (_b("Kim Jong Un"), _b("Kim Yo Jong")),
    (_b("Kim Jong Un"), _b("Kim Jong Il")),
    (_b("Ana Ruiz", kind=MAN, country="ESP"), _b("Ana Ruiz", kind=MAN, country="MEX")),
    (_b("Ruiz", kind=MAN, country="ESP"), _b("Ana Ruiz", kind=MAN, country="MEX")),
    (_b("Сергей Иванов"), _b("Мария Иванова")),
    (_b("Иванов", kind=MAN), _b("Иванова", kind=MAN)),
    (_b("محمود عباس"), _b("كامل عباس")),
    (_b("王毅", kind=MAN), _b("王文涛", kind=MAN)),
    (_b("Ali Hassan"), _b("Hassan Ali")),
    # Numbers, directions, negations.
    (_b("1st Brigade"), _b("2nd Brigade")),
    (_b("First Army"), _b("Second Army")),
    (_b("93rd Brigade", "the Brigade"), _b("92nd Brigade", "the Brigade")),
    (_b("1-я бригада"), _b("2-я бригада")),
    (_b("Первая армия"), _b("Вторая армия")),
    (_b("第一旅"), _b("第二旅")),
    (_b("Task Force 50", "task force"), _b("Task Force 51", "task force")),
    (_b("Unit 8200"), _b("Unit 8100")),
    (_b("Army Group II"), _b("Army Group III")),
    (_b("North Korea"), _b("South Korea")),
    (_b("North Korea", "Korea"), _b("South Korea", "Korea")),
    (_b("Northern Command", "Command"), _b("Southern Command", "Command")),
    (_b("Северная Осетия"), _b("Южная Осетия")),
    (_b("كوريا الشمالية"), _b("كوريا الجنوبية")),
    (_b("Korea", kind=STATE), _b("North Korea", kind=STATE)),
    (_b("Sudan", kind=STATE), _b("South Sudan", kind=STATE)),
    (_b("anti-Norland coalition", "Coalition"), _b("Norland coalition", "Coalition")),
    (_b("Guinea"), _b("Equatorial Guinea")),
    (_b("Republic of the Congo"), _b("Democratic Republic of the Congo")),
    (_b("People's Republic of China"), _b("Republic of China")),
    # Two countries.
    (_b("Ministry of Defence", country="RUS"), _b("Ministry of Defence", country="UKR")),
    (_b("Foreign Ministry", kind=BODY, country="IRN"), _b("Iraqi Foreign Ministry", kind=BODY)),
    (_b("Russian Foreign Ministry"), _b("Ukrainian Foreign Ministry")),
    (_b("Norlandian Navy"), _b("Ardanian Navy")),
    (_b("Foreign Minister", kind=MAN, country="IRN"), _b("Foreign Minister", country="IRQ")),
    (_b("Iran"), _b("Iraq")),
    (_b("Niger", kind=STATE), _b("Nigeria", kind=STATE)),
    (_b("Niger", kind=STATE), _b("Nigerian", kind=STATE)),
    (_b("Mali", kind=STATE), _b("Somali", kind=STATE)),
    (_b("Oman", kind=STATE), _b("Romania", kind=STATE)),
    (_b("Austria", kind=STATE), _b("Australia", kind=STATE)),
    (_b("Иран"), _b("Ирак")),
    (_b("伊朗"), _b("伊拉克")),
    (_b("إيران"), _b("العراق")),
    # Other things with a word in common.
    (_b("Bank of Norland"), _b("Norland")),
    (_b("Corrin Institute"), _b("Institute")),
    (_b("Norland Daily"), _b("Norland Times")),
    (_b("Al Jazeera"), _b("Al Arabiya")),
    (_b("Port Sorren Council"), _b("Sorren")),
    (_b("ACB"), _b("Joint Corrin Bureau")),
    (_b("Joint Corrin Bureau"), _b("Joint Corrin Board")),
    (_b("European Union"), _b("African Union")),
    # What each is called for short says what it is.
    (_b("Corrin Institute", "the Institute", kind=NGO), _b("Orrin Institute", "Institute")),
    (_b("Alder Brigade", "Brigade", kind=FORCE), _b("Birch Brigade", "Brigade", kind=FORCE)),
    # A father is not his son, and whoever reigns under a forename is none of that forename.
    (_b("King Salman", kind=MAN), _b("Mohammed bin Salman", kind=MAN)),
    (_b("King Charles", kind=MAN), _b("Charles Moreau", kind=MAN)),
]
