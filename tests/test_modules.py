"""What holds for every module of the library."""

from __future__ import annotations

from pathlib import Path

import summarizer

MOST_LINES = 350


def test_no_module_is_too_long_to_be_read_in_one_go() -> None:
    root = Path(summarizer.__file__).parent
    lines = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in root.rglob("*.py")
    }
    assert lines["client.py"] > 1
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
