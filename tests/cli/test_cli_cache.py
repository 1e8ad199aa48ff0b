"""`summarizer cache`: what it tells of the answers that are kept, and that it clears them."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import pytest
from commands import Invoke

from summarizer.cache import Cache, Stored


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache, with two answers in it."""
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    with Cache() as cache:
        for key in ("a", "b"):
            cache.put(key, Stored(content="{}", finish_reason="stop"))
        return cache.path


def entries(path: Path) -> int:
    with Cache(path, mode="read-only") as cache:
        return cache.info().entries


def test_info_tells_where_it_is_and_how_much_is_in_it(invoke: Invoke, kept: Path) -> None:
    done = invoke("cache", "info")
    assert (done.exit_code, done.stderr) == (0, "")
    told = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert list(told) == ["file", "answers", "size", "oldest", "newest"]
    assert told["file"] == str(kept)
    assert told["answers"] == "2"
    assert told["size"] in ("0.01 MB, of at most 1,074 MB", "0.02 MB, of at most 1,074 MB")


def test_info_is_there_as_json(invoke: Invoke, kept: Path) -> None:
    told = json.loads(invoke("cache", "info", "--format", "json").stdout)
    assert list(told) == ["path", "entries", "bytes", "max_bytes", "oldest", "newest"]
    assert (told["path"], told["entries"], told["max_bytes"]) == (str(kept), 2, 1 << 30)
    oldest, newest = (datetime.fromisoformat(told[name]) for name in ("oldest", "newest"))
    assert oldest.tzinfo
    assert told["oldest"] == oldest.isoformat()
    assert oldest <= newest


def test_info_makes_no_cache(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    done = invoke("cache", "info", "--cache-file", path, "--format", "json")
    told = json.loads(done.stdout)
    assert (told["entries"], told["oldest"]) == (0, None)
    assert invoke("cache", "info", "--cache-file", path).exit_code == 0
    done = invoke("cache", "clear", "--cache-file", path)
    assert (done.exit_code, done.stderr) == (0, f"There is no cache at {path}.\n")
    assert not path.exists()


def test_clear_takes_all_that_is_in_the_cache_named(
    invoke: Invoke, kept: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.sqlite"
    with Cache(other) as cache:
        cache.put("a", Stored(content="{}", finish_reason="stop"))
    done = invoke("cache", "clear", "--yes", "--cache-file", other)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"{other}: 1 answer cleared.\n"
    assert (entries(other), entries(kept)) == (0, 2)
    assert invoke("cache", "clear", "--yes").stderr == f"{kept}: 2 answers cleared.\n"
    assert entries(kept) == 0


def test_clear_asks_where_there_is_somebody_to_ask(
    invoke: Invoke, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = invoke("cache", "clear")
    assert done.exit_code == 2
    assert "Add --yes" in done.stderr
    monkeypatch.setattr("summarizer.cli.cache._at_terminal", lambda: True)
    done = invoke("cache", "clear", stdin=b"n\n")
    assert done.exit_code == 1
    assert "Nothing was cleared" in done.stderr
    assert entries(kept) == 2
    assert invoke("cache", "clear", stdin=b"y\n").exit_code == 0
    assert entries(kept) == 0


def test_a_damaged_cache_is_told_and_deleted(invoke: Invoke, kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:3000])
    done = invoke("cache", "info")
    assert done.exit_code == 2
    assert f"summarizer cache clear --cache-file {kept}" in done.stderr
    done = invoke("cache", "clear", "--yes", "--cache-file", kept)
    assert done.exit_code == 0
    assert "deleted" in done.stderr
    assert not kept.exists()


def test_what_is_no_cache_is_left_alone(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    file.write_text('{"id": "a"}\n' * 500, encoding="utf-8")
    done = invoke("cache", "clear", "--yes", "--cache-file", file)
    assert done.exit_code == 2
    assert "is no cache of answers" in done.stderr
    assert file.read_text(encoding="utf-8") == '{"id": "a"}\n' * 500


@pytest.mark.skipif(sys.platform == "win32", reason="such names are POSIX's")
def test_a_name_does_not_steer_the_terminal(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("cache", "info", "--cache-file", tmp_path / "a\x1b[2J?.sqlite")
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
