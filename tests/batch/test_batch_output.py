"""A batch's output is gone on with after any end, loses nothing, and is one process's alone."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import batch_writer
import pytest
from batch_writer import failure, result

from summarizer.batch import appending
from summarizer.batch.lines import encoded, read_lines
from summarizer.batch.output import Output
from summarizer.errors import ConfigurationError, SummarizerError

WRITER = Path(batch_writer.__file__)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def fail(sentence: str) -> None:
    raise AssertionError(sentence)


def opened(path: Path, **changes: Any) -> Output:
    options: dict[str, Any] = {"settings_hash": "now", "told": fail}
    return Output.open(path, **(options | changes))


def written(path: Path, *documents: str, digest: str = "1", **changes: Any) -> bytes:
    """An output with these documents, each of which is done."""
    with opened(path, **changes) as output:
        for each in documents:
            output.write(each, digest, result(each))
    return path.read_bytes()


def told_of(path: Path) -> list[tuple[str, str, str]]:
    return [(line.head.id, line.head.input_sha256, line.head.status) for line in read_lines(path)]


def line_of(name: str, digest: str = "1", settings_hash: str = "now") -> bytes:
    return encoded(name, digest, settings_hash, result(name))[0]


def by_writer(*arguments: str | Path) -> Any:
    done = subprocess.run(
        [sys.executable, WRITER, *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_is_done_is_done_and_what_has_changed_is_to_do(path: Path) -> None:
    with opened(path) as output:
        assert output.state("a", "1") == "new"
        assert output.write("a", "1", result()) == "ok"
        assert output.write("b", "1", failure()) == "failed"
        assert (output.state("a", "1"), output.state("b", "1")) == ("done", "failed")
    with opened(path) as output:
        assert (output.state("a", "1"), output.state("b", "1")) == ("done", "failed")
        assert (output.state("a", "2"), output.state("b", "2")) == ("changed", "changed")
        assert output.state("c", "1") == "new"


def test_a_line_is_in_the_file_as_soon_as_it_is_written(path: Path) -> None:
    with opened(path) as output:
        output.write("a", "1", result("a"))
        assert path.read_bytes() == line_of("a")


def test_failed_documents_are_tried_again_where_that_is_asked_for(path: Path) -> None:
    with opened(path) as output:
        output.write("a", "1", result())
        output.write("b", "1", failure())
    with opened(path, retry_failed=True) as output:
        assert (output.state("a", "1"), output.state("b", "1")) == ("done", "retry")
        output.write("b", "1", result())
        assert output.state("b", "1") == "done"
    assert told_of(path) == [("a", "1", "ok"), ("b", "1", "ok")]


def test_a_failure_takes_the_place_of_no_record(path: Path) -> None:
    before = written(path, "a", "b")
    with opened(path) as output:
        assert output.write("a", "2", failure()) == "kept"
        assert output.state("a", "2") == "changed"  # to be done by the next start
        assert output.state("a", "1") == "done"
    assert path.read_bytes() == before
    with opened(path, settings_hash="new", on_changed="redo") as output:
        assert output.write("b", "1", failure()) == "kept"
        assert output.state("b", "1") == "changed"
        assert output.write("b", "1", result("b")) == "ok"
    assert told_of(path) == [("a", "1", "ok"), ("b", "1", "ok")]


def test_a_result_that_json_cant_hold_takes_the_place_of_no_record(path: Path) -> None:
    before = written(path, "a")
    with opened(path) as output:
        assert output.write("a", "2", result("\ud800")) == "kept"
        assert output.write("b", "1", result("\ud800")) == "failed"
    assert path.read_bytes().startswith(before)


def test_a_document_done_again_has_one_line_in_the_place_that_it_had(path: Path) -> None:
    written(path, "a", "b", "c")
    with opened(path) as output:
        output.write("b", "2", result("newer"))
        output.write("b", "3", result("newest"))
        assert path.read_bytes().count(b"\n") == 5
    assert told_of(path) == [("a", "1", "ok"), ("b", "3", "ok"), ("c", "1", "ok")]
    assert path.read_bytes().count(b"\n") == 3


def test_lines_that_a_killed_process_left_superseded_are_tidied_at_the_next_start(
    path: Path,
) -> None:
    path.write_bytes(line_of("a") + line_of("b") + line_of("a", "2"))
    with opened(path) as output:
        assert path.read_bytes() == line_of("a", "2") + line_of("b")
        output.write("c", "1", result("c"))
        assert (output.state("a", "2"), output.state("b", "1")) == ("done", "done")
    assert path.read_bytes() == line_of("a", "2") + line_of("b") + line_of("c")


def test_nothing_stays_of_a_process_that_was_killed_while_it_tidied(path: Path) -> None:
    path.write_bytes(line_of("a"))
    path.with_name(".out.jsonl.tmp").write_bytes(b"half a file")
    with opened(path):
        pass
    assert {each.name for each in path.parent.iterdir()} == {path.name, f"{path.name}.lock"}


def test_other_settings_are_refused_with_both_hashes_and_nothing_is_changed(path: Path) -> None:
    before = written(path, "a", "b", settings_hash="old")
    with pytest.raises(ConfigurationError, match=r"2 documents .* old, now new") as raised:
        opened(path, settings_hash="new")
    assert path.read_bytes() == before
    with opened(path, settings_hash="old"):  # nobody has it locked
        assert "--on-changed redo" in (raised.value.hint or "")


def test_documents_of_other_settings_are_done_again_where_that_is_asked_for(path: Path) -> None:
    written(path, "a", "b", settings_hash="old")
    with opened(path, settings_hash="new", on_changed="redo") as output:
        assert (output.state("a", "1"), output.state("b", "1")) == ("changed", "changed")
        output.write("a", "1", result())
        assert output.state("a", "1") == "done"
    with pytest.raises(ConfigurationError, match="1 document done"):
        opened(path, settings_hash="new")
    with opened(path, settings_hash="new", on_changed="redo") as output:
        assert (output.state("a", "1"), output.state("b", "1")) == ("done", "changed")
        output.write("b", "1", result())
    with opened(path, settings_hash="new") as output:
        assert (output.state("a", "1"), output.state("b", "1")) == ("done", "done")


@pytest.mark.parametrize("before", [(), ("first",)])
def test_a_last_line_torn_off_anywhere_is_mended(
    path: Path, before: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda file: None)
    kept = b"".join(line_of(each) for each in before)
    last, _ = encoded("später", "1", "now", failure("Ω"))
    for at in range(len(last)):
        path.write_bytes(kept + last[:at])
        with opened(path) as output:
            whole = at == len(last) - 1  # only its line break is missing
            assert output.state("später", "1") == ("failed" if whole else "new"), at
            assert path.read_bytes() == kept + (last if whole else b""), at
            if not whole:
                output.write("später", "1", failure("Ω"))
        assert path.read_bytes() == kept + last, at


def test_a_last_line_whose_end_was_missing_is_whole_when_the_file_is_tidied(path: Path) -> None:
    path.write_bytes(line_of("b") + line_of("a")[:-1])
    written(path, "c", "b", digest="2")
    assert path.read_bytes() == line_of("b", "2") + line_of("a") + line_of("c", "2")


def test_lines_that_cant_be_read_are_kept_aside_and_told(path: Path) -> None:
    path.write_bytes(line_of("a") + b'{"id":"b","st\0\0\n' + b"\n" + line_of("c") + b"\0\0\0")
    told: list[str] = []
    with opened(path, told=told.append) as output:
        assert [output.state(each, "1") for each in "abc"] == ["done", "new", "done"]
    assert path.read_bytes() == line_of("a") + line_of("c")
    assert path.with_name("out.jsonl.damaged").read_bytes() == b'{"id":"b","st\0\0\n'
    assert len(told) == 1
    assert "that can't be read: 1. They are kept in" in told[0]
    with opened(path):
        pass


def test_a_disk_without_room_to_tidy_gets_no_second_copy_of_lines_that_cant_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = line_of("a") + b'{"id":"b","st\0\0\n' + line_of("c")
    path.write_bytes(content)
    aside = path.with_name("out.jsonl.damaged")

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    told: list[str] = []
    for before in (b"", b"of an earlier start\n"):
        if before:
            aside.write_bytes(before)
        monkeypatch.setattr(Path, "replace", full)
        with opened(path, told=told.append) as output:
            assert [output.state(each, "1") for each in "abc"] == ["done", "new", "done"]
        assert path.read_bytes() == content
        assert aside.exists() is bool(before)
        assert len(told) == 1
        assert "or can't be read, stand in it beside those that count" in told.pop()
        monkeypatch.undo()
    with opened(path, told=told.append):
        pass
    assert aside.read_bytes() == before + b'{"id":"b","st\0\0\n'
    assert path.read_bytes() == line_of("a") + line_of("c")


def test_lines_that_cant_be_read_are_kept_aside_at_the_end_where_there_was_no_room_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(line_of("a") + b'{"id":"b","st\0\0\n' + line_of("c"))

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        output = opened(path, told=lambda _: None)
    with output:
        output.write("a", "2", result("a"))
    assert path.read_bytes() == line_of("a", "2") + line_of("c")
    assert path.with_name("out.jsonl.damaged").read_bytes() == b'{"id":"b","st\0\0\n'


@pytest.mark.parametrize("content", [b"\0" * 4096, line_of("a")[:40] + b"\0" * 40])
def test_a_file_of_which_a_loss_of_power_left_nothing_is_begun_anew(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    assert written(path, "a") == line_of("a")


@pytest.mark.parametrize(
    "content",
    [
        b"Once upon a time\n",
        b"Once upon a time",
        b'{"id": "1", "text": "An article."}\n',
        b'{"id": "1", "text": "An article."}',
        line_of("a") + b'{"id": "1", "text": "An article."}\n' + line_of("b")[:20],
        b"id,text\n1,An article.\n",
    ],
)
def test_a_file_that_holds_something_else_is_refused_and_stays_as_it_is(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="of a batch") as raised:
        opened(path)
    assert "--output" in (raised.value.hint or "")
    assert path.read_bytes() == content


def test_an_empty_file_is_begun(path: Path) -> None:
    path.touch()
    assert written(path, "a") == line_of("a")


def test_a_folder_and_a_file_in_no_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is no file"):
        opened(tmp_path)
    with pytest.raises(ConfigurationError, match=r"folder of .* does not exist"):
        opened(tmp_path / "none" / "out.jsonl")


def test_a_stream_is_refused_since_nothing_could_be_resumed_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reading, writing = os.pipe()
    for stream in ("-", f"/dev/fd/{writing}"):
        with pytest.raises(ConfigurationError, match="is no file") as raised:
            opened(Path(stream))
        assert raised.value.hint
    os.close(reading)
    os.close(writing)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cant_be_written_is_said(path: Path) -> None:
    (path.parent / "out.jsonl.lock").mkdir()
    with pytest.raises(SummarizerError, match="can't be written"):
        opened(path)


def test_a_link_stays_one_and_the_file_its_mode(path: Path) -> None:
    target = path.with_name("target.jsonl")
    written(target, "a")
    target.chmod(0o640)
    path.symlink_to(target)
    written(path, "a", digest="2")
    assert path.is_symlink()
    assert told_of(target) == [("a", "2", "ok")]
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_name_that_is_no_text_is_spelled_out_and_found_again(path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    with opened(path) as output:
        output.write(name, "1", result())
        assert output.state(name, "1") == "done"
    with opened(path) as output:
        assert output.state(name, "1") == "done"
    assert told_of(path) == [(r"caf\udce9.txt", "1", "ok")]


def test_a_second_process_is_refused_by_name_and_a_dead_one_is_not_waited_for(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, WRITER, "hold", path], stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        try:
            assert first.stdout.readline() == "held\n"
            for _ in range(2):  # nor does asking take the name away
                with pytest.raises(ConfigurationError, match=rf"process {first.pid}\) is writing"):
                    opened(path)
            assert [line.head.id for line in read_lines(path)] == ["a"]
        finally:
            first.kill()
    with opened(path) as output:
        assert output.state("a", "1") == "done"


def test_nothing_is_lost_or_twice_however_often_the_process_is_killed(path: Path) -> None:
    said = by_writer("kills", path, "7")
    assert len(said["told"]) > 1
    with opened(path) as output:
        for name, version in said["told"].items():
            assert output.state(name, f"{version}") in {"done", "failed", "changed"}
    assert not list(path.parent.glob("*.damaged"))


def test_a_full_disk_loses_nothing_that_was_written(path: Path) -> None:
    said = by_writer("full", path)
    assert "can't be written: File too large. Make room" in said["error"]
    assert said["kept"]
    assert said["state"] == "new"
    assert said["untidied"]
    assert said["temporary"] == []
    assert len(said["told"]) == 1
    assert "can't be tidied (File too large)" in said["told"][0]
    assert said["after"] == ["done", "new"]
    assert said["lines"] == ["d0", "d1", "d2", "d3"]


def test_memory_doesnt_grow_with_the_number_of_documents(path: Path) -> None:
    few, many = by_writer("many", path)
    assert many - few < 6_000  # kilobytes; SQLite takes two thousand of them at most


def test_what_is_written_reaches_the_disk_every_few_seconds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_size))
    with opened(path) as output:
        synced.clear()
        output.write("a", "1", result("a"))
        assert synced == []
        monkeypatch.setattr(appending, "SYNC_SECONDS", -1.0)
        output.write("b", "1", result("b"))
    assert synced == [len(line_of("a") + line_of("b"))] * 2


def test_the_name_of_a_new_file_is_made_to_stay_before_any_line_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[Path, bool]] = []
    monkeypatch.setattr(
        "summarizer.batch.output.sync_folder", lambda folder: kept.append((folder, path.exists()))
    )
    with opened(path):
        assert kept == [(path.parent, True)]


def test_a_disk_that_doesnt_keep_what_it_took_ends_the_batch(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    output = opened(path)
    monkeypatch.setattr(os, "fsync", fails)
    monkeypatch.setattr(appending, "SYNC_SECONDS", -1.0)
    output.write("a", "1", result())
    assert output._file._syncing is not None
    output._file._syncing.join()
    with pytest.raises(SummarizerError, match="Input/output error"):
        output.write("b", "1", result())
    with pytest.raises(SummarizerError, match="Input/output error"):
        output.close()
    monkeypatch.undo()
    with opened(path) as again:  # the lock was let go of
        assert again.state("a", "1") == "done"


def test_what_the_disk_said_once_is_said_at_the_end_where_no_line_came_after(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[int] = []

    def fails_once(file: int) -> None:  # as Linux does: what was lost is told to one call alone
        if not said:
            said.append(file)
            raise OSError(errno.EIO, "Input/output error")

    output = opened(path)
    monkeypatch.setattr(os, "fsync", fails_once)
    monkeypatch.setattr(appending, "SYNC_SECONDS", -1.0)
    output.write("a", "1", result())
    with pytest.raises(SummarizerError, match="Input/output error"):
        output.close()
    with opened(path):  # the lock was let go of
        pass


def test_a_line_that_was_broken_off_by_ctrl_c_is_taken_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted:
        def __init__(self, file: Any) -> None:
            self.file = file

        def write(self, line: memoryview) -> int:
            self.file.write(line[:30])
            raise KeyboardInterrupt

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

    with opened(path) as output:
        output.write("a", "1", result("a"))
        real = output._file._file
        monkeypatch.setattr(output._file, "_file", Interrupted(real))
        with pytest.raises(KeyboardInterrupt):
            output.write("b", "1", result("b"))
        monkeypatch.undo()
        assert output.state("b", "1") == "new"
        output.write("c", "1", result("c"))
    assert path.read_bytes() == line_of("a") + line_of("c")
