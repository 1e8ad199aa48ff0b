"""A file that comes over the web in pieces, from servers good and bad."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_weights import PART, PARTS, WHOLE, FileServer, altered, serving
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.embedded import sources
from summarizer.embedded.parts import Assembly
from summarizer.embedded.sources import FetchStopped, SourceFailed, WebFile


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving(FileServer()) as state:
        yield state


def fetch(source: WebFile, path: Path, stop: threading.Event | None = None) -> int:
    """Fetch what is missing; how many bytes were reported."""
    counts: list[int] = []
    source.fetch(Assembly(path, PARTS), counts.append, stop or threading.Event())
    return sum(counts)


@given(
    kept=st.sets(st.integers(0, len(PARTS) - 1)),
    length=st.integers(0, len(WHOLE) + 50),
    order=st.randoms(use_true_random=False),
)
def test_whatever_lies_there_exactly_the_wrong_parts_are_missing(
    tmp_path_factory: pytest.TempPathFactory, kept: set[int], length: int, order: object
) -> None:
    path = tmp_path_factory.mktemp("parts") / "file"
    data = bytearray(b"\0" * len(WHOLE))
    for i in kept:
        data[i * PART : (i + 1) * PART] = WHOLE[i * PART : (i + 1) * PART]
    path.write_bytes(bytes(data + b"\0" * 50)[:length])
    assembly = Assembly(path, PARTS)
    there = {i for i in kept if assembly.end(i) <= length}
    assert set(assembly.missing) == set(range(len(PARTS))) - there
    missing = list(assembly.missing)
    order.shuffle(missing)  # type: ignore[attr-defined]  # a random.Random
    for i in missing:
        with assembly.open() as file:
            file.seek(assembly.start(i))
            file.write(WHOLE[assembly.start(i) : assembly.end(i)])
        assert assembly.accept(i)
    assert not assembly.missing
    assert path.read_bytes() == WHOLE


@pytest.mark.local_server
@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(1, len(WHOLE)), max_size=5), ranges=st.booleans())
def test_connections_that_break_off_anywhere_give_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], ranges: bool
) -> None:
    path = tmp_path_factory.mktemp("cuts") / "file"
    # A server without ranges starts anew each time: it must get further than before.
    given_up = sorted(cuts) if not ranges else cuts
    with serving(FileServer(cut_after=sorted(set(given_up)), ranges=ranges)) as server:
        assert fetch(server.source(), path) == len(WHOLE)
    assert path.read_bytes() == WHOLE


@pytest.mark.local_server
def test_after_a_cut_only_the_rest_is_asked_for(server: FileServer, tmp_path: Path) -> None:
    server.cut_after = [100, PART]
    fetch(server.source(), tmp_path / "file")
    assert [first for first, _ in server.asked] == [0, 100, 100 + PART]


@pytest.mark.local_server
def test_a_bad_tail_of_an_earlier_attempt_is_fetched_anew(
    server: FileServer, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(altered(WHOLE, PART + 10)[: PART + 500])
    fetch(server.source(), path)
    assert path.read_bytes() == WHOLE
    assert [first for first, _ in server.asked] == [PART + 500, PART]


@pytest.mark.local_server
def test_a_part_that_the_server_has_wrong_is_not_asked_for_twice(
    server: FileServer, tmp_path: Path
) -> None:
    server.body = altered(WHOLE, PART + 10)
    with pytest.raises(SourceFailed, match="SHA-256"):
        fetch(server.source(), tmp_path / "file")
    assert len(server.asked) == 1
    assert (tmp_path / "file").stat().st_size <= 2 * PART


@pytest.mark.local_server
@pytest.mark.parametrize("ranges", [True, False])
def test_another_file_is_refused_before_it_is_read(
    server: FileServer, tmp_path: Path, ranges: bool
) -> None:
    server.body, server.ranges = WHOLE + b"more", ranges
    with pytest.raises(SourceFailed, match="another file"):
        fetch(server.source(), tmp_path / "file")
    assert (tmp_path / "file").stat().st_size == 0


@pytest.mark.local_server
@pytest.mark.parametrize("status", [403, 404, 416, 500])
def test_a_status_that_is_no_file_is_the_reason(
    server: FileServer, tmp_path: Path, status: int
) -> None:
    server.status = status
    with pytest.raises(SourceFailed, match=str(status)):
        fetch(server.source(), tmp_path / "file")


def test_only_https_is_permitted(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="not safe"):
        fetch(WebFile("plain", "http://127.0.0.1:9/file"), tmp_path / "file")


@pytest.mark.local_server
def test_a_redirect_is_followed_only_to_what_is_permitted(
    server: FileServer, tmp_path: Path
) -> None:
    with serving(FileServer()) as other:
        server.redirect = f"{other.url}/elsewhere"
        with pytest.raises(SourceFailed, match="not safe"):
            fetch(server.source(), tmp_path / "file")
        assert not other.asked
        permitting = WebFile("both", server.url, lambda u: server.is_own(u) or other.is_own(u))
        fetch(permitting, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == WHOLE


@pytest.mark.local_server
def test_redirects_in_circles_end(server: FileServer, tmp_path: Path) -> None:
    server.redirect = f"{server.url}/again"
    with pytest.raises(SourceFailed, match="circles"):
        fetch(server.source(), tmp_path / "file")


@pytest.mark.local_server
def test_a_host_that_does_not_answer_is_left_soon(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "CONNECT_SECONDS", 0.3)
    server.held = threading.Event()
    with pytest.raises(SourceFailed, match=r"did not answer within 0\.3 seconds"):
        fetch(server.source(), tmp_path / "file")
    assert server.let_go == 0


@pytest.mark.local_server
def test_a_fetch_stops_when_told_to(server: FileServer, tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(FetchStopped):
        fetch(server.source(), tmp_path / "file", stop)
