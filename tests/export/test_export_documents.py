"""What is read as results, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel
from sample_record import article_of, result_of, summary_of

from summarizer.batch.lines import encoded
from summarizer.errors import InputError
from summarizer.export.documents import Document, documents
from summarizer.results import Failure, Reason, Result
from summarizer.schemas import SituationSummary

DIGEST, SETTINGS = "7" * 64, "3" * 40


class Report(BaseModel):
    gist: str


def sample(headline: str = "A headline") -> Result[SituationSummary]:
    article = article_of()
    summary = summary_of(article).model_copy(update={"headline": headline})
    return result_of(article, summary)


def failure(name: str) -> Failure:
    return Failure(id=name, error=Reason(type="ServerFailed", message="503", retryable=True))


def line(name: str, outcome: Result[SituationSummary] | Failure) -> bytes:
    return encoded(name, DIGEST, SETTINGS, outcome)[0]


def read(*paths: Path, schema: type[BaseModel] = SituationSummary) -> list[Document]:
    return list(documents(paths, schema))


def batch(folder: Path, *lines: bytes, name: str = "out.jsonl") -> Path:
    path = folder / name
    path.write_bytes(b"".join(lines))
    return path


def test_a_batch_is_read_line_by_line(tmp_path: Path) -> None:
    done, failed = read(batch(tmp_path, line("one", sample()), line("two", failure("two"))))
    assert (done.id, done.settings_hash, done.input_sha256) == ("one", SETTINGS, DIGEST)
    assert done.result is not None
    assert done.result.summary == sample().summary
    assert done.error is None
    assert (failed.id, failed.result) == ("two", None)
    assert failed.error == failure("two").error


def test_the_last_line_of_a_document_counts(tmp_path: Path) -> None:
    lines = [line("one", failure("one")), line("two", sample()), line("one", sample("New"))]
    one, two = read(batch(tmp_path, *lines))
    assert (one.id, two.id) == ("one", "two")
    assert one.result is not None
    assert one.result.summary.headline == "New"


def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    found = read(batch(tmp_path, line("one", sample()), line("two", sample())[:300]))
    assert [document.id for document in found] == ["one"]


@pytest.mark.parametrize("indent", [None, 0, 2, 4])
def test_a_single_result_goes_by_the_id_of_its_article(tmp_path: Path, indent: int | None) -> None:
    result = sample()
    path = tmp_path / "one.json"
    path.write_text(result.model_dump_json(indent=indent) + "\n", encoding="utf-8")
    (found,) = read(path)
    assert found.id == result.article.id
    assert found.result == result
    assert (found.input_sha256, found.error) == (None, None)


def test_files_are_read_one_after_the_other(tmp_path: Path) -> None:
    first = batch(tmp_path, line("one", sample()), name="a.jsonl")
    second = batch(tmp_path, line("two", sample()), name="b.jsonl")
    assert [document.id for document in read(second, first)] == ["two", "one"]


def test_the_same_id_in_two_files_is_refused_with_both_names(tmp_path: Path) -> None:
    first = batch(tmp_path, line("stdin#1", sample()), name="a.jsonl")
    second = batch(tmp_path, line("stdin#1", sample()), name="b.jsonl")
    with pytest.raises(InputError, match=r"stdin#1 is in .*b\.jsonl and in .*a\.jsonl") as raised:
        read(first, second)
    assert "two folders" in str(raised.value)


def test_a_file_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    path = batch(tmp_path, line("one", sample()))
    with pytest.raises(InputError, match="one is in"):
        read(path, path)


def test_a_record_of_another_schema_is_refused_and_says_how_to_name_it(tmp_path: Path) -> None:
    path = batch(tmp_path, line("one", sample()))
    with pytest.raises(InputError, match=r"The record of one .* is none of Report") as e:
        read(path, schema=Report)
    assert "--schema" in str(e.value)
    single = tmp_path / "one.json"
    single.write_text(sample().model_dump_json(indent=2), encoding="utf-8")
    with pytest.raises(InputError, match="is no result of Report"):
        read(single, schema=Report)


@pytest.mark.parametrize("content", [b"Dear reader,\n", b"{}\n", b"[1, 2]\n", b'{"text": "x"}\n'])
def test_what_holds_no_results_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError):
        read(batch(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read: No such file"):
        read(tmp_path / "none.jsonl")
