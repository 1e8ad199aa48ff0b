"""What a record and its article are read for goes with the reading."""

from __future__ import annotations

import gc
from weakref import ref

from told_records import told

from summarizer import CHECKS, Article, SituationSummary
from summarizer.checks import findings
from summarizer.checks.readings import Reading
from summarizer.grounding import Source
from summarizer.wire import Profile, Size, plan


def read() -> Reading:
    """A record whose two activities cite one sentence."""
    text = "Kestria and Orm held a drill off Sule. Kestria's navy praised it."
    article = Article.from_text(text, language="en")
    drill = {
        "name": "drill",
        "type": "joint_exercise",
        "actors": ["Kestria", "Orm"],
        "evidence": [1],
    }
    record = told(
        article,
        {"Kestria": [], "Orm": []},
        military_activities=[drill, drill],
        synopsis=[{"text": "Kestria and Orm held a drill."}],
    )
    return Reading(record, plan(SituationSummary, Profile.STRICT, Size.FULL), Source(article))


def test_items_of_a_section_know_one_another() -> None:
    reading = read()
    of = [each for each in reading.statements if each.section == "military_activities"]
    assert [list(each.siblings.items) for each in of] == [of, of]
    assert of[0].siblings.by_sentence == {1: of}


def test_nothing_of_a_reading_waits_for_the_garbage_collection() -> None:
    reading = read()
    source = ref(reading.source)
    gc.collect()
    gc.disable()
    try:
        findings(reading, CHECKS)
        del reading
        assert source() is None
    finally:
        gc.enable()
