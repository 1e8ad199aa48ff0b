"""EDTF is read strictly: real dates, in order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.schemas.dating.edtf import bounds


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-07-21", date(2025, 7, 21), date(2025, 7, 21)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12~", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025?", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-07-21/2025-07-23", date(2025, 7, 21), date(2025, 7, 23)),
        ("2024~/2025-03", date(2024, 1, 1), date(2025, 3, 31)),
        ("2022/..", date(2022, 1, 1), None),
        ("../2025-07", None, date(2025, 7, 31)),
    ],
)
def test_bounds_are_the_first_and_last_day(
    edtf: str, first: date | None, last: date | None
) -> None:
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "/",
        "2025/",
        "2025-7-1",
        "2025-13",
        "2025-02-30",
        "0000",
        "2025-07-23/2025-07-21",
        "2025/2026/2027",
        "July 2025",
        "2025-07-21T10:00",
        "２０２５",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|interval|out of range|must be in"):
        bounds(text)


@given(st.dates(), st.dates())
def test_an_interval_covers_its_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)
