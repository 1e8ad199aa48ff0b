"""Writes a batch's output in a process of its own, to be killed, starved or measured.

python batch_writer.py hold PATH          has the file until it is killed
python batch_writer.py kills PATH SEED    has 20 processes killed, and says what they had written
python batch_writer.py full PATH          writes until the disk is full, then makes room
python batch_writer.py many PATH          writes 20,000 documents, and says what memory it took
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from pydantic import BaseModel

from summarizer.article import Article
from summarizer.batch.lines import read_lines
from summarizer.batch.output import Output
from summarizer.errors import SummarizerError
from summarizer.results import Failure, Reason, Result, Usage

KILLS = 20
DOCUMENTS = 40
ARTICLE = Article.from_text("Der Zug nach Hollin fährt nicht. 港口关闭了。")


class Note(BaseModel):
    """A record of nothing in particular, of any size."""

    text: str


def result(text: str = "Ω", settings_hash: str = "now") -> Result[Note]:
    """A result that is as long as `text` makes it."""
    return Result(
        summary=Note(text=text),
        usage=Usage(calls=2, prompt_tokens=900),
        settings_hash=settings_hash,
        article=ARTICLE,
    )


def failure(message: str = "It took too long.") -> Failure:
    """A document that failed."""
    why = Reason(type="EndpointTimeout", message=message, retryable=True)
    return Failure(id="x", error=why, usage=Usage(calls=3))


def hold(path: Path) -> None:
    with Output.open(path, settings_hash="now") as output:
        output.write("a", "1", result())
        print("held", flush=True)
        signal.pause()


def kills(path: Path, seed: int) -> None:
    """Documents come in ever new versions, so that lines are superseded, and files tidied."""
    chance = random.Random(seed)
    with Output.open(path, settings_hash="now"):  # imports, once for all
        pass
    told: dict[str, int] = {}
    torn = 0
    version = 0
    for _ in range(KILLS):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _write_for_ever(path, version, writing)
        os.close(writing)
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            told |= {line.split()[0]: int(line.split()[1]) for line in pipe if line.endswith("\n")}
        torn += not (path.read_bytes() or b"\n").endswith(b"\n")
        version = max(_check(path, told).values(), default=0)
    print(json.dumps({"told": told, "torn": torn}))


def _write_for_ever(path: Path, version: int, pipe: int) -> None:
    for number in count(version):
        with Output.open(path, settings_hash="now") as output:
            for each in range(DOCUMENTS):
                if output.state(f"d{each}", f"{number}") in ("new", "changed"):
                    outcome = failure() if each % 5 == 0 else result("Ωmega " * each * each * 9)
                    output.write(f"d{each}", f"{number}", outcome)
                    os.write(pipe, f"d{each} {number}\n".encode())


def _check(path: Path, told: dict[str, int]) -> dict[str, int]:
    """Whatever was said to be written is there, once, as it was or newer; before and after
    mending."""
    before = dict(_versions(path))
    with Output.open(path, settings_hash="now", told=_fail):
        pass
    after = [*_versions(path)]
    assert len(dict(after)) == len(after) <= DOCUMENTS
    assert dict(after) == before
    assert all(before[each] >= number for each, number in told.items())
    assert len(path.read_bytes().splitlines()) == len(after)
    return before


def _versions(path: Path) -> Iterator[tuple[str, int]]:
    for line in read_lines(path, told=_fail):
        yield line.head.id, int(line.head.input_sha256)


def _fail(sentence: str) -> None:
    raise AssertionError(sentence)


def full(path: Path) -> None:
    told: list[str] = []
    said: dict[str, object] = {"told": told}
    with Output.open(path, settings_hash="now", told=told.append) as output:
        for each in range(3):
            output.write(f"d{each}", "1", result("Ω" * 20_000))
        whole = path.read_bytes()
        _limit(len(whole) + 10_000)
        try:
            output.write("d3", "1", result("Ω" * 20_000))
        except SummarizerError as error:
            said["error"] = str(error)
        said["kept"] = path.read_bytes() == whole
        said["state"] = output.state("d3", "1")
        output.write("d0", "2", result())  # for which there is room
        _limit(len(whole) // 2)  # but none to write the file anew
    said["untidied"] = path.read_bytes().startswith(whole)
    said["temporary"] = [each.name for each in path.parent.iterdir() if ".tmp" in each.name]
    _limit(resource.RLIM_INFINITY)
    with Output.open(path, settings_hash="now", told=told.append) as output:
        said["after"] = [output.state("d0", "2"), output.state("d3", "1")]
        output.write("d3", "1", result())
    said["lines"] = [line.head.id for line in read_lines(path)]
    print(json.dumps(said))


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def many(path: Path) -> None:
    peaks = []
    for documents in (1_000, 20_000):
        with Output.open(path, settings_hash="now") as output:
            for each in range(documents):
                if output.state(f"feed.jsonl#{each}", "1") == "new":
                    output.write(f"feed.jsonl#{each}", "1", failure())
        with Output.open(path, settings_hash="now") as output:
            assert output.state("feed.jsonl#999", "1") == "failed"
        assert sum(1 for _ in read_lines(path)) == documents
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(json.dumps(peaks))


if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that a file that grows too long is an error
    mode, where, *rest = sys.argv[1:]
    match mode:
        case "hold":
            hold(Path(where))
        case "kills":
            kills(Path(where), int(rest[0]))
        case "full":
            full(Path(where))
        case "many":
            many(Path(where))
