"""A file of answers: what goes in comes out, whoever else is at it, and whatever breaks."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import ConfigurationError
from summarizer.cache import Cache, Stored, clear, files, key_of

ANSWER = Stored(
    content='{"headline": "Drill"}',
    finish_reason="stop",
    prompt_tokens=900,
    cached_tokens=700,
    completion_tokens=40,
)
BODY = {"model": "m", "messages": [{"role": "user", "content": "An article."}], "temperature": 0.0}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[Cache]:
    with Cache(path) as opened:
        yield opened


def long(number: int, size: int = 3000) -> Stored:
    return Stored(content=f"{number} ".ljust(size, "x"), finish_reason="stop")


def held(cache: Cache, numbers: range) -> list[int]:
    return [number for number in numbers if cache.get(str(number)) is not None]


# What goes in comes out


def test_an_answer_comes_out_as_it_went_in(cache: Cache, path: Path) -> None:
    assert cache.get("a") is None
    cache.put("a", ANSWER)
    assert cache.get("a") == ANSWER
    cache.close()
    with Cache(path) as again:
        assert again.get("a") == ANSWER


def test_any_text_comes_out_byte_for_byte(cache: Cache) -> None:
    @given(st.text(), st.integers(0, 2**70))
    def check(content: str, tokens: int) -> None:
        stored = Stored(content=content, finish_reason="stop", completion_tokens=tokens)
        cache.put("key", stored)
        assert cache.get("key") == stored

    check()


def test_a_later_answer_takes_the_place_of_an_earlier_one(cache: Cache) -> None:
    cache.put("a", ANSWER)
    cache.put("a", long(2))
    assert cache.get("a") == long(2)
    assert cache.info().entries == 1
    cache.remove("a")
    cache.remove("b")
    assert cache.get("a") is None


def test_what_is_in_it_is_json_and_nothing_else(cache: Cache, path: Path) -> None:
    cache.put("a", ANSWER)
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT key, answer FROM answers").fetchall()
    db.close()
    assert [(key, json.loads(answer)) for key, answer in rows] == [("a", ANSWER.model_dump())]


@pytest.mark.parametrize("answer", ["", "{}", "null", '{"content": 1}', "\udcff", b"\xff\x00"])
def test_an_entry_that_is_no_answer_is_none(cache: Cache, path: Path, answer: Any) -> None:
    cache.put("a", ANSWER)
    with sqlite3.connect(path) as db:
        given = answer.encode("utf-8", "surrogateescape") if isinstance(answer, str) else answer
        db.execute("UPDATE answers SET answer = CAST(? AS TEXT)", (given,))
    db.close()
    assert cache.get("a") is None
    cache.put("a", ANSWER)
    assert cache.get("a") == ANSWER


def test_it_tells_what_is_in_it(cache: Cache, path: Path) -> None:
    before = datetime.now(UTC)
    assert (cache.info().entries, cache.info().oldest, cache.info().newest) == (0, None, None)
    for number in range(3):
        cache.put(str(number), long(number))
    found = cache.info()
    assert (found.path, found.entries, found.max_bytes) == (path, 3, 1 << 30)
    assert 3 * 3000 < found.bytes < 100_000
    assert found.oldest
    assert found.newest
    assert before < found.oldest < found.newest < datetime.now(UTC)


def test_clear_takes_all_and_gives_the_room_back(cache: Cache, path: Path) -> None:
    for number in range(100):
        cache.put(str(number), long(number))
    assert cache.clear() == 100
    assert held(cache, range(100)) == []
    assert path.stat().st_size < 50_000
    cache.put("a", ANSWER)
    assert cache.get("a") == ANSWER


def test_without_a_path_it_is_in_the_users_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "new" / "folder"))
    with Cache() as cache:
        assert cache.info().path == tmp_path / "new" / "folder" / "completions.sqlite"
        assert cache.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX's")
def test_only_the_owner_may_read_it(cache: Cache, path: Path) -> None:
    cache.put("a", ANSWER)
    beside = list(path.parent.iterdir())
    assert len(beside) == 3
    assert {file.stat().st_mode & 0o777 for file in beside} == {0o600}


# The key


def test_a_key_is_of_the_body_the_place_and_the_repeat() -> None:
    body = json.dumps(BODY).encode()
    others = [
        key_of(json.dumps({**BODY, **other}).encode(), "e")
        for other in (
            {"model": "n"},
            {"temperature": 0.5},
            {"seed": 1},
            {"messages": [{"role": "user", "content": "Another."}]},
        )
    ]
    others += [key_of(body, "f"), key_of(body, "e", 2)]
    assert len({key_of(body, "e"), *others}) == 7
    assert key_of(body, "e") == key_of(body, "e", 1)


# Room


def test_the_least_recently_used_go_first_and_the_bound_holds(path: Path) -> None:
    most = 200_000
    with Cache(path, max_bytes=most) as cache:
        for number in range(30):
            cache.put(str(number), long(number))
        for number in range(30, 150):
            assert cache.get("7") == long(7)
            cache.put(str(number), long(number))
            assert cache.info().bytes <= most
        left = held(cache, range(150))
    assert left[0] == 7
    assert left[1:] == list(range(150 - len(left) + 1, 150))
    assert len(left) > 30
    assert path.stat().st_size <= most * 1.1


def test_a_use_is_remembered_from_one_process_to_the_next(path: Path) -> None:
    with Cache(path) as cache:
        for number in range(10):
            cache.put(str(number), long(number))
        cache.get("0")
    with Cache(path, max_bytes=35_000) as smaller:
        smaller.put("new", long(11))
        assert held(smaller, range(2)) == [0]
    assert path.stat().st_size < 40_000


def test_a_smaller_bound_makes_the_file_smaller(path: Path) -> None:
    with Cache(path) as cache:
        for number in range(300):
            cache.put(str(number), long(number))
    before = path.stat().st_size
    with Cache(path, max_bytes=100_000) as cache:
        cache.put("a", ANSWER)
    assert path.stat().st_size <= 110_000 < before


def test_an_answer_beyond_all_room_does_no_harm(path: Path) -> None:
    with Cache(path, max_bytes=1) as cache:
        cache.put("a", long(1, 100_000))
        assert cache.info().entries == 0


# Read-only


def test_read_only_takes_out_and_puts_nothing_in(path: Path) -> None:
    with Cache(path) as cache:
        cache.put("a", ANSWER)
    before = path.read_bytes()
    with Cache(path, mode="read-only") as cache:
        assert cache.get("a") == ANSWER
        cache.put("b", ANSWER)
        cache.remove("a")
        assert cache.get("b") is None
        with pytest.raises(ConfigurationError, match="only for reading"):
            cache.clear()
    assert path.read_bytes() == before


def test_read_only_makes_no_file(path: Path) -> None:
    with Cache(path, mode="read-only") as cache:
        assert cache.get("a") is None
        cache.put("a", ANSWER)
        assert cache.info().entries == 0
    path.touch()
    with Cache(path, mode="read-only") as cache:
        assert cache.get("a") is None
    assert path.read_bytes() == b""


READ = """
import os, sys
from summarizer.cache import Cache
path = sys.argv[1]
os.chmod(os.path.dirname(path), 0o555)
if os.geteuid() == 0:  # whom no mode of a folder keeps from writing
    os.chmod(path, 0o444)
    os.seteuid(65534)
with Cache(path, mode="read-only") as cache:
    print(cache.info().entries)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders there have no such mode")
def test_read_only_needs_no_folder_that_can_be_written() -> None:
    # Not below pytest's own folder, which is its owner's alone.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "answers.sqlite")
        with Cache(path) as cache:
            cache.put("a", ANSWER)
        done = subprocess.run(
            [sys.executable, "-c", READ, path], capture_output=True, text=True, check=False
        )
        Path(folder).chmod(0o755)
    assert done.stderr == ""
    assert done.stdout == "1\n"


def test_read_only_sees_what_another_puts_in_meanwhile(cache: Cache, path: Path) -> None:
    with Cache(path, mode="read-only") as reader:
        cache.put("a", ANSWER)
        assert reader.get("a") == ANSWER


# What is no cache


def sqlite_file(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def somebodys_database(path: Path) -> None:
    sqlite_file(path, "CREATE TABLE answers (key, answer, made, used)")


def somebodys_text(path: Path) -> None:
    path.write_text("Dear diary, " * 1000, encoding="utf-8")


@pytest.mark.parametrize("make", [somebodys_database, somebodys_text])
@pytest.mark.parametrize("mode", ["on", "read-only"])
def test_what_is_somebody_elses_is_refused_and_left_alone(
    path: Path, make: Callable[[Path], None], mode: Any
) -> None:
    make(path)
    before = path.read_bytes()
    for attempt in (lambda: Cache(path, mode=mode), lambda: clear(path)):
        with pytest.raises(ConfigurationError, match="is no cache of answers") as caught:
            attempt()
        assert caught.value.hint == "Name another file."
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:] = b"\xa5" * (len(content) - 100)
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def from_the_future(path: Path) -> None:
    sqlite_file(path, f"PRAGMA user_version = {files.VERSION + 1}", "DROP TABLE answers")


@pytest.mark.parametrize("harm", [damaged, cut_short, from_the_future])
def test_a_cache_of_no_use_is_refused_with_the_way_out_which_works(
    path: Path, harm: Callable[[Path], None]
) -> None:
    with Cache(path) as cache:
        cache.put("a", ANSWER)
    harm(path)
    with pytest.raises(ConfigurationError) as caught:
        Cache(path)
    assert f"summarizer cache clear --cache-file {path}" in str(caught.value)
    assert clear(path) is None
    with Cache(path) as cache:
        assert cache.get("a") is None
        cache.put("a", ANSWER)
        assert cache.get("a") == ANSWER


def test_clear_tells_how_many_went(path: Path) -> None:
    with Cache(path) as cache:
        cache.put("a", ANSWER)
    assert (clear(path), clear(path)) == (1, 0)


def test_a_folder_and_a_mode_that_is_none_are_refused(tmp_path: Path, path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be opened"):
        Cache(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="can't be opened"):
        Cache(tmp_path / "file" / "below")
    with pytest.raises(ConfigurationError, match="no mode 'off'"):
        Cache(path, mode="off")  # type: ignore[arg-type]  # the very mistake
    with pytest.raises(ConfigurationError, match="max_bytes"):
        Cache(path, max_bytes=0)


# What breaks at work


def test_a_full_disk_costs_no_answer_and_is_told_once(
    cache: Cache, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put("a", ANSWER)
    assert cache._db
    (pages,) = cache._db.execute("PRAGMA page_count").fetchone()
    cache._db.execute(f"PRAGMA max_page_count = {pages}")
    monkeypatch.setattr("summarizer.cache.cache.PAUSE", 0.0)
    for number in range(10):
        cache.put(str(number), long(number, 20_000))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "full" in caplog.text
    assert held(cache, range(10)) == []
    assert cache.get("a") == ANSWER
    cache._db.execute("PRAGMA max_page_count = 1000000")
    cache.put("b", long(1))
    assert cache.get("b") == long(1)


def test_after_a_write_that_failed_none_is_tried_for_a_while(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.01)
    with Cache(path) as cache:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        cache.put("a", ANSWER)
        other.execute("ROLLBACK")
        other.close()
        cache.put("b", ANSWER)
        assert (cache.get("a"), cache.get("b")) == (None, None)
        assert "locked" in caplog.text
        cache._writes_again = 0.0
        cache.put("b", ANSWER)
        assert cache.get("b") == ANSWER
    assert len(caplog.records) == 1


def test_a_file_that_breaks_meanwhile_costs_no_answer(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cache(path) as cache:
        for number in range(200):
            cache.put(str(number), long(number))
    monkeypatch.setattr("summarizer.cache.cache.PAUSE", 0.0)
    with Cache(path) as cache:
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * (path.stat().st_size - 4096))
        for number in range(20):
            assert cache.get(str(number)) is None
            cache.put(f"new {number}", long(number))
        with pytest.raises(ConfigurationError, match="malformed"):
            cache.info()
    assert len(caplog.records) == 1
    assert "malformed" in caplog.text


def test_a_closed_cache_finds_nothing(path: Path) -> None:
    cache = Cache(path)
    cache.put("a", ANSWER)
    cache.close()
    cache.close()
    assert cache.get("a") is None
    cache.put("a", ANSWER)


# Several at once


def test_threads_share_one(cache: Cache) -> None:
    failed: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 50):
                cache.put(str(number), long(number))
                assert cache.get(str(number)) == long(number)
        except BaseException as error:  # noqa: BLE001  # told below
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n * 50,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert cache.info().entries == 400


WORK = """
import sys
from summarizer.cache import Cache, Stored
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Cache(path) as cache:
    for number in range(count):
        for key in (f"{name} {number}", f"shared {number}"):
            cache.put(key, Stored(content=key.ljust(2000, "x"), finish_reason="stop"))
            assert cache.get(key).content.startswith(key), key
"""


def test_processes_share_one_file_from_its_making_on(path: Path) -> None:
    count = 100
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(path), str(number), str(count)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    said = [process.communicate()[1] for process in started]
    assert (said, [process.returncode for process in started]) == ([""] * 4, [0] * 4)
    with Cache(path) as cache:
        assert cache.info().entries == 5 * count
        assert cache._db
        assert cache._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cache._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("after", range(1, 4))
def test_another_may_make_it_between_any_two_of_our_looks_at_it(
    path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Overtaken(sqlite3.Connection):
        statements = 0

        def execute(self, *given: Any) -> Any:
            rows = super().execute(*given).fetchall()
            self.statements += 1
            if self.statements == after:
                with monkeypatch.context() as patch:
                    patch.setattr(sqlite3, "connect", connect)
                    Cache(path).close()
            return SimpleNamespace(fetchone=lambda: rows[0] if rows else None)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", partial(connect, factory=Overtaken))
    with Cache(path) as cache:
        assert cache.info().entries == 0


def test_another_may_clear_it_meanwhile(cache: Cache, path: Path) -> None:
    cache.put("a", ANSWER)
    assert clear(path) == 1
    assert cache.get("a") is None
    cache.put("a", ANSWER)
    assert cache.get("a") == ANSWER


KILLED = WORK.replace("2000", "200000") + "\nprint('done')"


def test_a_process_that_is_killed_leaves_a_file_that_works(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), "a", "100000"], stdout=subprocess.PIPE
    ) as process:
        while not (path.exists() and Path(f"{path}-wal").exists()) or (
            Path(f"{path}-wal").stat().st_size < 1_000_000
        ):
            assert process.poll() is None
        process.kill()
    with Cache(path) as cache:
        assert cache.info().entries > 0
        assert cache._db
        assert cache._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        cache.put("b", ANSWER)
        assert cache.get("b") == ANSWER
