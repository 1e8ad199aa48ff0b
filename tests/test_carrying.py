"""Which sentences hold what an item tells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.carrying import _Sentences, _words
from summarizer.checks import Passage
from summarizer.grounding import Source

WORDS = "Vessel vessels sea 12 1,900 121234 12123 F-16 4th naïve naïveté Флота флот 海军舰艇"
WORD = st.sampled_from(WORDS.split())
TEXT = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


@given(st.lists(TEXT, min_size=1, max_size=4), TEXT)
def test_a_sentence_holds_the_forms_of_its_words(lines: list[str], told: str) -> None:
    source = Source(Article.from_text("\n\n".join(f"{line}." for line in lines), language="en"))
    held = _Sentences(Passage(source, {}), {*_words(told)})
    for form in _words(told):
        words = source.names.words.items()
        expected = {n for word, numbers in words if form in _words(word) for n in numbers}
        assert held._holders((form,)) == expected & source.citable
