"""How far work in pieces is: a line for each in a file, one bar on a terminal, never a key."""

from __future__ import annotations

import io
import sys

import pytest

from summarizer.cli.console import counted, say


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_in_a_file_each_piece_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with counted(3, 1) as told:
        told(2, 0, "dev/a, 4 s")
        told(3, 1, "dev/b\x1b[2J, 5 s")
    assert capsys.readouterr().err == (
        "2 of 3 done, 0 failed: dev/a, 4 s\n3 of 3 done, 1 failed: dev/b[2J, 5 s\n"
    )


def test_on_a_terminal_it_is_a_bar_and_what_is_said_stands_above_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-0123456789")
    with counted(3, 1) as told:
        told(2, 1, "dev/a[/red] sk-0123456789, 4 s")
        say("The endpoint is busy.")
    shown = stream.getvalue()
    assert "2/3" in shown
    assert "1 failed; dev/a[/red] [key], 4 s" in shown
    assert "The endpoint is busy.\n" in shown
    assert "sk-0123456789" not in shown
