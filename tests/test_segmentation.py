from __future__ import annotations

import re

import pytest
from hostile import ends
from hypothesis import given
from hypothesis import strategies as st

from summarizer.segmentation import (
    LONG,
    VERY_LONG,
    _masked,
    _unmasked,
    _words,
    guess_language,
    split,
)


def sentences(text: str, language: str | None = None) -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


WORDS = ["The army left. ", "“Go! We stay.” ", "U.S. ", "他说：“好。”", "« Oui. » ", "نعم؟ ", "a"]
ABBREVIATIONS = ["J. ", "т.е. ", "No. 5 ", "3.5"]
MARKS = ["\n", "\r\n", "\n\n", "\u2028", "\xa0", "• ", '"', "(", ")", ". ", "...", "?!", "; "]
PIECES = st.sampled_from(WORDS + ABBREVIATIONS + MARKS)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS, st.sampled_from([None, "en", "ru", "zh", "ja", "fr", "de", "ar", "xx"]))
def test_sentences_are_in_order_stripped_apart_and_cover_all_that_is_not_white_space(
    text: str, language: str | None
) -> None:
    at = 0
    for start, end in split(text, language):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(), "nothing is lost between two sentences"
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_blank_line_always_ends_a_sentence(text: str) -> None:
    both = text + "\n\n" + text
    assert not any(start < len(text) + 1 < end for start, end in split(both, "en"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["He met Lt. Col. A. Price on Jan. 5 in the U.S. Army base.", "No. 5 was hit."]),
        (
            "en",
            [
                "J. R. Smith of the U.S. Navy paid 3.5 million... maybe.",
                "See https://a.example/x.y?z=1.",
            ],
        ),
        ("en", ["They struck the U.S.", "The troops left."]),
        (
            "en",
            [
                "Gen. Omar Reyes and Sen. Ann Lee met Dr. Ito.",
                "Approx. 40 men of the 3rd Bn. left at 3:40 a.m. Tuesday.",
            ],
        ),
        ("en", ["No.", "We did not fire.", "Modern Art.", "The rest burned."]),
        ("en", ["It was World War I.", "Then came peace."]),
        ("en", ["He left.", "al-Nusra took the town.", "iPhone sales rose."]),
        ("en", ["so they came.", "and then they went."]),
        (
            "en",
            ['"We go.', 'We stay."', '"We return."', "(He left.", "She went.)", "Then it rained."],
        ),
        ("en", ['He said: "We go.', 'We stay."', '"Stop!" he shouted.', '"Is it?" Reyes asked.']),
        ("en", ['"We will not leave." Reyes said.', "The talks ended."]),
        ("en", ["“We go.", "We stay.”", "‘Never,’ she said."]),
        ("ar", ['قال الوزير: "نحن هنا.', 'لن نرحل."', "هل هذا صحيح؟", "نعم!", "وصل د. أحمد أمس."]),
        ("ur", ["یہ سچ ہے۔", "کیا آپ آئے؟", "ہاں۔"]),
        ("fa", ["آیا این درست است؟", "بله.", "او گفت: «ما می‌مانیم.", "نمی‌رویم.»", "سپس رفت."]),
        (
            "ru",
            [
                "Он сказал: «Мы идём.",
                "Мы остаёмся.»",
                "Потом уехал, т.е. сбежал.",
                "В 2020 г. Россия и США подписали акт.",
                "В. В. Орлов приехал.",
                "Ранено 5 тыс. человек.",
            ],
        ),
        ("uk", ["Він мовчав, т. зв. герой.", "В. О. Мельник приїхав.", "Чому?", "Бо так."]),
        (
            "es",
            [
                "El Sr. Ruiz llegó a EE. UU. el lunes.",
                "¿Qué pasó?",
                "¡Nada!",
                "La Sra. Díaz y el Gral. Paz callaron.",
            ],
        ),
        (
            "fr",
            ["M. Roux est arrivé.", "« Nous partons.", "Nous restons. »", "Qui ?", "Personne !"],
        ),
        (
            "de",
            [
                "Am 5. Mai kam Dr. Kern z. B. nach Ulm.",
                "Die 3. Armee zog ab.",
                "»Ja.",
                "Nein.«",
                "Er ging.",
                "„Nie.“",
                "Sie blieb.",
            ],
        ),
        ("tr", ["Prof. Dr. Kaya geldi.", "5. Kolordu ilerledi.", "Ne oldu?", "Hiçbir şey."]),
        ("it", ["L'on. Bianchi parla.", "Il gen. Rossi tace."]),
        ("pt", ["O Sr. Silva chegou.", "A av. Central fechou."]),
    ],
)
def test_sentences_of_a_line_are_found(language: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            [
                "他说：“你好。",
                "再见。”",
                "然后走了。",
                "真的吗？",
                "是的！",
                "「好。」",
                "军队（约三千人）撤离。",
            ],
        ),
        ("ja", ["首相は言った。", "「行こう。", "帰ろう。」と述べた。", "本当？"]),
    ],
)
def test_sentences_without_spaces_between_them_are_found(
    language: str, expected: list[str]
) -> None:
    assert sentences("".join(expected), language) == expected


def test_headings_bullets_and_list_entries_are_sentences_of_their_own() -> None:
    lines = [
        "Strikes in the north",
        "-- Near Dara, two strikes hit a depot.",
        "• A bridge; a road",
        "1. Third",
        "* * *",
    ]
    assert sentences("\n".join(lines), "en") == lines


def test_a_long_sentence_is_cut_after_a_semicolon_and_a_short_one_is_not() -> None:
    clause = "the parties reaffirm their commitment to the agreement of last year and its annexes"
    long = "; ".join([clause] * 10) + "."
    pieces = sentences(long, "en")
    assert len(pieces) > 1
    assert all(len(piece) <= LONG and piece[-1] in ";." for piece in pieces)
    short = f"{clause}; {clause}."
    assert sentences(short, "en") == [short]


def test_a_list_without_a_semicolon_is_cut_only_when_it_is_very_long() -> None:
    names = ", ".join(f"Battalion {n} of the Northern Corps" for n in range(100))
    assert len(names) > VERY_LONG
    assert all(len(piece) <= LONG for piece in sentences(names, "en"))
    assert len(sentences(names[: VERY_LONG - 100], "en")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "He left. " * 150_000,
        "这是。" * 150_000,
        "a! " * 200_000,
        "x\n" * 150_000,
        "(a “" * 300_000,
        "a.a؟" * 300_000,
    ],
    ids=["plain", "unspaced", "joined", "lines", "unclosed", "odd"],
)
def test_no_text_blows_up(text: str) -> None:
    with ends():
        split(text, "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said that it had moved to the border with two brigades.", "en"),
        ("El ejército dijo que las tropas no se van de la frontera con el vecino.", "es"),
        (
            "Le ministre a dit que les troupes ne sont pas dans la ville et que la paix est loin.",
            "fr",
        ),
        ("Der Minister sagte, dass die Truppen nicht in der Stadt sind und der Krieg auch.", "de"),
        (
            "O ministro disse que as tropas não estão na cidade e que os navios do país saíram.",
            "pt",
        ),
        (
            "Il ministro ha detto che le truppe non sono nella città e che la pace è lontana.",
            "it",
        ),
        ("Bakan, bu konuda çok daha fazla bilgi olarak ne için ve nasıl bir adım dedi.", "tr"),
        ("Министр сказал, что войска ушли.", "ru"),
        ("Міністр сказав, що війська пішли з її міст.", "uk"),
        ("قال الوزير إن القوات انسحبت من المدينة.", "ar"),
        ("وزیر گفت که نیروها از شهر خارج شدند و پیش رفتند.", "fa"),
        ("وزیر نے کہا کہ فوج شہر سے نکل گئی ہے۔", "ur"),
        ("部长说军队已经撤离。", "zh"),
        ("大臣は軍が撤退したと述べた。", "ja"),
        ("장관은 군대가 철수했다고 말했다.", "ko"),
        ("השר אמר כי הכוחות נסוגו.", "he"),
    ],
)
def test_the_language_is_guessed(text: str, expected: str) -> None:
    assert guess_language(text) == expected


@pytest.mark.parametrize(
    "text", ["", "12:30", "CASAREX", "Lorem ipsum dolor sit amet consectetur adipiscing elit sed"]
)
def test_no_language_is_guessed_from_too_little(text: str) -> None:
    assert guess_language(text) is None


def test_letters_beyond_ascii_belong_to_their_words() -> None:
    assert guess_language("élos éde éla éque éen élas édel éun éel") is None


@given(st.text("aéЯ漢 _1²٣-—“’\n\u0301\ud800", max_size=16) | st.text(max_size=16))
def test_words_are_the_runs_of_letters(text: str) -> None:
    assert _words(text) == re.findall(r"[^\W\d_]+", text)


_MARK = re.compile("[\"“”„‟«»‹›「」『』〝〞（）()]|(?<!\\w)['‘]|[’'](?!\\w)")


@given(st.text("aB ''‘’“”«()._1é\n\t\u00a0", max_size=16) | st.text(max_size=16))
def test_marks_are_masked_and_every_other_character_is_found_again(unit: str) -> None:
    shown, missing = _masked(unit)
    left = [at for at in range(len(unit)) if not _MARK.match(unit, at)]
    assert [_unmasked(at, missing) for at in range(len(shown))] == left
    assert shown == "".join(" " if unit[at].isspace() else unit[at] for at in left)
