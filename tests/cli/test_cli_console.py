"""What is said on stderr: plainly in a file, with a spinner on a terminal, never with a key."""

from __future__ import annotations

import io
import logging
import sys

import pytest
import typer

from summarizer.cli.console import complain, log_shown, say, working
from summarizer.cli.reporting import reporting, status_of
from summarizer.errors import (
    AnswerInvalid,
    ArticleTooLong,
    ConfigurationError,
    EmptyArticle,
    EndpointUnreachable,
    EngineMissing,
    FetchError,
    InputError,
    InputTooLarge,
    NotText,
    SchemaError,
    WeightsUnavailable,
)


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Puts a terminal in the place of stderr; no fixture, which pytest's capture would undo."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return stream


@pytest.mark.parametrize("name", ["SUMMARIZER_API_KEY", "OPENAI_API_KEY"])
def test_no_key_is_ever_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setenv(name, "sk-0123456789")
    say("it sent sk-0123456789 along")
    assert capsys.readouterr().err == "it sent [key] along\n"


def test_a_key_torn_apart_by_control_characters_is_not_said_either(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-0123456789")
    say("sk-01234\x0056789")
    assert "0123" not in capsys.readouterr().err


def test_lines_stay_lines_and_keep_their_indent(capsys: pytest.CaptureFixture[str]) -> None:
    say("one:\n  - two\x1b[2J\n    three")
    assert capsys.readouterr().err == "one:\n  - two[2J\n    three\n"


def test_where_nothing_can_be_said_any_more_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Gone())
    say("1 of 2 done")
    complain(ConfigurationError("No model is named.", hint="Name one."), debug=True)


def test_an_error_has_its_hint_on_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    complain(ConfigurationError("It can't work.", hint="Do this."), debug=False)
    assert capsys.readouterr().err == "Error: It can't work.\nHint: Do this.\n"


def test_an_error_without_a_hint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    complain(ConfigurationError("It can't work."), debug=False)
    assert capsys.readouterr().err == "Error: It can't work.\n"


def test_labels_are_coloured_on_a_terminal_unless_that_is_unwanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = on_terminal(monkeypatch)
    complain(ConfigurationError("It can't work."), debug=False)
    assert "\x1b[1;31mError:\x1b[0m" in terminal.getvalue()
    terminal.truncate(0)
    monkeypatch.setenv("NO_COLOR", "1")
    complain(ConfigurationError("It can't work."), debug=False)
    assert "\x1b" not in terminal.getvalue()


def test_what_takes_long_is_a_line_each_where_stderr_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with working("Starting") as now:
        now("Reading")
    assert capsys.readouterr().err == "Starting…\nReading\n"


def test_what_takes_long_spins_on_a_terminal_and_is_gone_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = on_terminal(monkeypatch)
    with working("Starting [bold]it") as now:
        now("Reading \x1b[2Jit")
    shown = terminal.getvalue()
    assert "Reading [2Jit" in shown
    assert "0:00:00" in shown
    assert shown.endswith("\x1b[2K")  # the line is erased


def test_what_the_library_logs_is_said_only_within(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("summarizer")
    before = log.level, list(log.handlers)
    with log_shown():
        log.info("busy; trying again")
    assert capsys.readouterr().err == "busy; trying again\n"
    assert (log.level, log.handlers) == before


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (EmptyArticle, 2),
        (NotText, 2),
        (InputTooLarge, 2),
        (InputError, 2),
        (ConfigurationError, 2),
        (SchemaError, 2),
        (FetchError, 1),
        (ArticleTooLong, 1),
        (EndpointUnreachable, 1),
        (AnswerInvalid, 1),
        (EngineMissing, 1),
        (WeightsUnavailable, 1),
        (ValueError, 1),
    ],
)
def test_wrong_usage_is_2_and_work_that_failed_is_1(kind: type[Exception], status: int) -> None:
    assert status_of(kind("it")) == status


def test_an_interrupt_is_130_and_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as caught, reporting(debug=True):
        raise KeyboardInterrupt
    assert caught.value.exit_code == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_an_exit_passes_with_its_own_status() -> None:
    with pytest.raises(typer.Exit) as caught, reporting(debug=False):
        raise typer.Exit(7)
    assert caught.value.exit_code == 7


def test_debug_shows_where_an_error_arose_and_what_lay_beneath(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken() -> None:
        try:
            raise ZeroDivisionError("beneath")
        except ZeroDivisionError as error:
            raise ConfigurationError("It can't work.") from error

    with pytest.raises(typer.Exit), reporting(debug=True):
        broken()
    shown = capsys.readouterr().err
    assert "ZeroDivisionError: beneath" in shown
    assert "test_debug_shows_where" in shown
    assert shown.endswith("Error: It can't work.\n")
