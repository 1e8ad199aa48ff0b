"""Files are written whole or not at all, and JSON is the same JSON on a terminal."""

from __future__ import annotations

import errno
import io
import json
import os
import stat
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.cli.output import Format, check_target, format_for, json_text, write
from summarizer.errors import ConfigurationError, SummarizerError

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes as POSIX has them")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SummarizerError, match="No space left on device") as caught:
        write("new", out)
    assert caught.value.hint
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [
        ("out.txt", "old")
    ]


def test_an_interrupt_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write("new", tmp_path / "out.txt")
    assert list(tmp_path.iterdir()) == []


def test_standard_output_that_takes_no_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(SummarizerError, match="Standard output can't be written: No space left"):
        write("x", None)


def test_what_is_written_is_utf_8_as_it_is(tmp_path: Path) -> None:
    write("Учения\n", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == "Учения\n".encode()


def test_the_longest_file_name_can_be_written(tmp_path: Path) -> None:
    out = tmp_path / ("n" * 255)
    write("text", out)
    assert out.read_text(encoding="utf-8") == "text"


@POSIX
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    write("text", tmp_path / "out.txt")
    (tmp_path / "plain").touch()
    modes = {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert len(modes) == 1


@POSIX
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.touch(mode=0o600)
    write("text", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


@POSIX
def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("file")
    write("new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"


@POSIX
def test_a_pipe_or_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    write("text", pipe)
    reader.join(timeout=10)
    assert read == ["text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_target_in_no_folder_or_that_is_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is a folder"):
        check_target(tmp_path)
    with pytest.raises(ConfigurationError, match="does not exist"):
        check_target(tmp_path / "nowhere" / "out.txt")
    check_target(tmp_path / "out.txt")
    check_target(None)


def test_a_name_alone_is_a_file_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check_target(Path("out.txt"))
    write("text", Path("out.txt"))
    assert (tmp_path / "out.txt").exists()


@pytest.mark.parametrize(
    ("given_form", "output", "form"),
    [
        (None, None, Format.TEXT),
        (None, "a.json", Format.JSON),
        (None, "a.MARKDOWN", Format.MD),
        (None, "a.htm", Format.HTML),
        (None, "json", Format.TEXT),
        (Format.MD, "a.json", Format.MD),
        (Format.MD, None, Format.MD),
    ],
)
def test_the_format_is_that_named_else_the_suffix_else_text(
    given_form: Format | None, output: str | None, form: Format
) -> None:
    assert format_for(given_form, Path(output) if output else None) is form


@given(st.text(st.characters(codec="utf-8")))
def test_json_made_safe_reads_as_the_same_and_steers_nothing(text: str) -> None:
    safe = json_text(json.dumps({text: text}, ensure_ascii=False))
    assert json.loads(safe) == {text: text}
    assert not set(safe) & {*map(chr, range(0x7F, 0xA0)), "\u202e", "\u2028", "\x1b"}
