"""Weights: found in the cache, or fetched once, whatever happened before."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_weights import NAME, PART, PARTS, WHOLE, FileServer, altered, entry, serving

from summarizer.embedded import CATALOGUE, DEFAULT, resolve_model, stamps, weights
from summarizer.embedded.catalogue import Weights
from summarizer.embedded.parts import Assembly
from summarizer.embedded.progress import Advance, progress
from summarizer.embedded.sources import FetchStopped, SourceFailed, WebFile, https_only
from summarizer.embedded.weights import cached, ensure
from summarizer.errors import ConfigurationError, WeightsUnavailable


class Broken:
    """A source that gives nothing."""

    label = "a broken source"
    scratch = 0

    def fetch(self, assembly: Assembly, advance: Advance, stop: threading.Event) -> None:
        raise SourceFailed("it is broken")


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving(FileServer()) as state:
        yield state


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def offer(monkeypatch: pytest.MonkeyPatch, made: Weights) -> None:
    monkeypatch.setattr(weights, "CATALOGUE", {NAME: made})


@pytest.mark.local_server
def test_weights_are_fetched_once_and_then_found(
    cache: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, entry(server.source()))
    assert cached(NAME) is None
    path = ensure(NAME, notify=print)
    assert path == cache / "tiny.gguf"
    assert path.read_bytes() == WHOLE
    assert ensure(NAME) == cached(NAME) == path
    assert len(server.asked) == 1


@pytest.mark.local_server
def test_notes_name_each_source_and_go_to_stderr(
    cache: Path,
    server: FileServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    offer(monkeypatch, entry(Broken(), server.source()))
    ensure(NAME)
    out, err = capsys.readouterr()
    assert not out
    assert "from a broken source" in err
    assert "Not from a broken source: it is broken" in err
    assert "from the test server" in err
    assert "100%" in err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_bar_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress("tiny", total=200_000_000, done=0, notify=None) as advance:
        advance(150_000_000)
        advance(50_000_000)
    shown = terminal.getvalue()
    assert "━" in shown
    assert "200.0/200.0 MB" in shown


def test_with_notify_or_without_a_terminal_lines_come_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    said: list[str] = []
    with progress("tiny", total=200_000_000, done=40_000_000, notify=said.append) as advance:
        for _ in range(160):
            advance(1_000_000)
    assert not terminal.getvalue()
    assert len(said) == 8
    assert said[0] == "tiny: 30% of 200 MB"
    assert said[-1] == "tiny: 100% of 200 MB"


@pytest.mark.local_server
def test_an_interrupted_fetch_goes_on_from_where_it_was(
    cache: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, entry(server.source()))
    server.cut_after = [PART + 700, 0]
    with pytest.raises(WeightsUnavailable):
        ensure(NAME, notify=print)
    assert cached(NAME) is None
    server.asked.clear()
    ensure(NAME, notify=print)
    assert [first for first, _ in server.asked] == [PART + 700]


@pytest.mark.local_server
def test_of_a_damaged_file_only_the_bad_part_is_fetched_again(
    cache: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, entry(server.source()))
    path = ensure(NAME, notify=print)
    path.write_bytes(altered(WHOLE, 2 * PART + 5))
    server.asked.clear()
    said: list[str] = []
    assert ensure(NAME, notify=said.append).read_bytes() == WHOLE
    assert server.asked == [(2 * PART, 3 * PART - 1)]
    assert "damaged" in said[0]


@pytest.mark.local_server
@pytest.mark.parametrize("found", [WHOLE[:-1], WHOLE + b"more", b""])
def test_a_file_of_the_wrong_size_is_repaired(
    found: bytes, cache: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, entry(server.source()))
    cache.mkdir()
    (cache / "tiny.gguf").write_bytes(found)
    assert ensure(NAME, notify=print).read_bytes() == WHOLE


def test_a_file_that_the_user_put_there_is_taken_without_a_network(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, entry(Broken()))
    cache.mkdir()
    (cache / "tiny.gguf").write_bytes(WHOLE)
    assert ensure(NAME) == cache / "tiny.gguf"


@pytest.mark.local_server
def test_bytes_of_the_wrong_hash_are_refused(
    cache: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, entry(server.source()))
    server.body = altered(WHOLE, PART + 1)
    with pytest.raises(WeightsUnavailable, match="SHA-256"):
        ensure(NAME, notify=print)
    assert not (cache / "tiny.gguf").exists()


def test_parts_that_are_right_don_t_make_up_for_a_whole_that_is_not(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = entry(Broken())
    offer(monkeypatch, Weights(**{**vars(right), "sha256": "0" * 64}))
    cache.mkdir()
    (cache / "tiny.gguf.partial").write_bytes(WHOLE)
    with pytest.raises(WeightsUnavailable, match="the whole is not"):
        ensure(NAME, notify=print)
    assert sorted(p.name for p in cache.glob("*.gguf*")) in ([], ["tiny.gguf.lock"])


def test_without_any_source_the_error_lists_each_and_says_what_to_do(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = WebFile("a plain address", "http://127.0.0.1:9/tiny.gguf")
    offer(monkeypatch, entry(Broken(), plain))
    with pytest.raises(WeightsUnavailable) as caught:
        ensure(NAME, notify=lambda line: None)
    message = str(caught.value)
    assert "a broken source: it is broken" in message
    assert "a plain address: http://127.0.0.1:9 is not safe" in message
    assert str(cache / "tiny.gguf") in message
    assert "--model path/to/model.gguf" in message
    assert "--base-url" in message


def test_a_full_disk_is_said_before_anything_is_fetched(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000))
    offer(monkeypatch, entry(Broken()))
    with pytest.raises(WeightsUnavailable, match=r"needs 0 MB on disk, and .* has 0 MB left"):
        ensure(NAME, notify=print)


def test_a_cache_that_can_t_be_written_says_how_to_name_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, entry(Broken()))
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(WeightsUnavailable, match="SUMMARIZER_CACHE_DIR"):
        ensure(NAME, cache_dir=tmp_path / "file")


def test_the_hash_is_read_again_only_when_the_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"one")
    first = stamps.file_sha256(path, tmp_path)
    read: list[Path] = []
    real = stamps.read_sha256

    def watched(path: Path) -> str:
        read.append(path)
        return real(path)

    monkeypatch.setattr(stamps, "read_sha256", watched)
    assert stamps.file_sha256(path, tmp_path) == first
    assert not read
    path.write_bytes(b"two")
    os.utime(path, ns=(1, 1))
    assert stamps.file_sha256(path, tmp_path) != first
    assert read == [path]


FETCH = """
import sys
from fake_weights import FileServer, NAME, entry
from summarizer.embedded import weights
weights.CATALOGUE = {NAME: entry(FileServer(url=sys.argv[1]).source())}
print(weights.ensure(NAME))
"""


def fetching(server: FileServer) -> subprocess.Popen[str]:
    """Another process that fetches."""
    tests = Path(__file__).parent
    return subprocess.Popen(
        [sys.executable, "-c", FETCH, server.url],
        env={**os.environ, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.02)


@pytest.mark.local_server
def test_two_processes_fetch_once(cache: Path, server: FileServer) -> None:
    server.held = threading.Event()
    one = fetching(server)
    wait_for(cache / "tiny.gguf.partial")
    two = fetching(server)
    assert two.stderr is not None
    assert "waiting" in two.stderr.readline()
    server.held.set()
    for process in (one, two):
        out, err = process.communicate(timeout=30)
        assert out.strip() == str(cache / "tiny.gguf")
        assert "damaged" not in err
    assert len(server.asked) == 1


@pytest.mark.local_server
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_leaves_only_what_the_next_fetch_goes_on_from(
    cache: Path, server: FileServer
) -> None:
    server.held = threading.Event()
    process = fetching(server)
    wait_for(cache / "tiny.gguf.partial")
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert "KeyboardInterrupt" in err
    left = {path.name for path in cache.iterdir()}
    assert left - {"tiny.gguf.lock"} == {"tiny.gguf.partial"}


def test_a_fetch_that_is_told_to_stop_says_so(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopping(Broken):
        def fetch(self, assembly: Assembly, advance: Advance, stop: threading.Event) -> None:
            raise FetchStopped

    offer(monkeypatch, entry(Stopping(), Broken()))
    with pytest.raises(WeightsUnavailable, match="given up"):
        ensure(NAME, notify=print)


def test_the_catalogue_adds_up() -> None:
    for name, made in CATALOGUE.items():
        assert made.name == name
        assert made.licence
        assert sum(part.size for part in made.parts) == made.size
        assert len({part.sha256 for part in made.parts}) == len(made.parts)
        assert all(https_only(s.url) for s in made.sources if isinstance(s, WebFile))
    assert DEFAULT in CATALOGUE
    assert sum(part.size for part in PARTS) == len(WHOLE)


def test_a_model_is_a_name_or_a_path_and_nothing_else() -> None:
    assert resolve_model(None) == DEFAULT
    assert resolve_model(DEFAULT) == DEFAULT
    assert resolve_model("~/Some.GGUF") == Path("~/Some.GGUF").expanduser()
    with pytest.raises(ConfigurationError, match=DEFAULT):
        resolve_model("no-such-weights")
