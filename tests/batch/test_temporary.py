"""A full temporary folder ends a batch in words, with the way out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from summarizer.batch.index import Index
from summarizer.batch.seen import Seen
from summarizer.errors import SummarizerError


def note_in_index(number: int) -> None:
    with closing(Index()) as index:
        index._base.execute("PRAGMA max_page_count = 4")
        for each in range(number):
            index.put(f"d{each}", "1", "now", "ok", 0, 1)


def note_ids(number: int) -> None:
    with Seen() as seen:
        seen._base.execute("PRAGMA max_page_count = 4")
        for each in range(number):
            assert seen.name(f"d{each}", "1") == f"d{each}"


@pytest.mark.parametrize("note", [note_in_index, note_ids])
def test_no_room_for_notes_is_said_with_the_way_out(note: Callable[[int], None]) -> None:
    note(3)
    with pytest.raises(SummarizerError, match="temporary folder") as raised:
        note(1_000)
    assert "TMPDIR" in (raised.value.hint or "")
    assert raised.value.original is not None
