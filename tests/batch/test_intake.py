from __future__ import annotations

import csv
import io
import json
import logging
import os
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.batch.intake import Entry, Intake
from summarizer.errors import (
    ConfigurationError,
    EmptyArticle,
    InputError,
    InputTooLarge,
    NotText,
    SummarizerError,
)
from summarizer.inputs import MAX_BYTES

TEXT = "The envoy left on Monday. Talks in Arda go on."
Write = Callable[[str, bytes | str], str]


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes | str], None]:
    def give(content: bytes | str) -> None:
        content = content if isinstance(content, bytes) else content.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return give


def ids(intake: Intake) -> list[str]:
    return [entry.id for entry in intake]


def error_of(entry: Entry) -> SummarizerError:
    with pytest.raises(SummarizerError) as caught:
        entry.article()
    return caught.value


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


# Paths


def test_a_folder_is_read_with_all_beneath_it_in_order_without_hidden_files(write: Write) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.txt", ".git/d.txt", "photo.jpg", "README"):
        write(f"in/{name}", TEXT)
    intake = Intake(["in"])
    assert intake.total() == 3
    assert not intake.left_out
    assert ids(intake) == ["in/a.md", "in/b.txt", "in/sub/c.txt"]
    assert intake.left_out == {".jpg": 1, "no suffix": 1}


def test_a_glob_is_expanded_and_a_file_that_is_called_so_comes_first(write: Write) -> None:
    for name in ("in/b.txt", "in/sub/a.txt", "in/sub/c.md", "x[1].txt"):
        write(name, TEXT)
    assert ids(Intake(["in/**/*.txt"])) == ["in/b.txt", "in/sub/a.txt"]
    assert ids(Intake(["x[1].txt"])) == ["x[1].txt"]


def test_links_to_folders_are_not_followed_lest_a_circle_of_them_is_read_for_ever(
    write: Write, tmp_path: Path
) -> None:
    for name in ("in/a.txt", "in/sub/b.txt", "in/.git/c.txt"):
        write(name, TEXT)
    (tmp_path / "in/loop").symlink_to(".")
    once = ["in/a.txt", "in/sub/b.txt"]
    assert ids(Intake(["in"])) == once
    assert ids(Intake(["in/**/*.txt"])) == ids(Intake(["**/*.txt"])) == once
    assert ids(Intake(["in/**/**/*.txt"])) == ids(Intake(["in/**"])) == once
    assert ids(Intake(["in/loop/*.txt"])) == ["in/loop/a.txt"]
    assert ids(Intake([f"{tmp_path}/i*/**/b.txt"])) == [f"{tmp_path}/in/sub/b.txt"]


def test_the_way_out_of_a_linked_folder_is_the_system_s(write: Write, tmp_path: Path) -> None:
    write("a.txt", "Not this one.")
    write("far/a.txt", TEXT)
    (tmp_path / "far/in").mkdir()
    (tmp_path / "near").symlink_to("far/in")
    (entry,) = Intake(["near/../a.txt"])
    assert entry.article().text == TEXT


def test_the_output_of_the_batch_is_no_input_of_it(write: Write, tmp_path: Path) -> None:
    write("in/a.txt", TEXT)
    write("in/out.jsonl", lines({"text": "Results."}))
    write("in/out.jsonl.lock", "1")
    intake = Intake(["in"], excluded=[tmp_path / "in/out.jsonl"])
    assert ids(intake) == ["in/a.txt"]
    assert not intake.left_out  # the lock is no news
    with pytest.raises(InputError, match="is what the batch writes"):
        Intake(["in/out.jsonl"], excluded=[tmp_path / "in/out.jsonl"])


def test_links_that_lead_to_themselves_are_failures_of_their_own(
    write: Write, tmp_path: Path
) -> None:
    write("in/a.txt", TEXT)
    (tmp_path / "in/self.txt").symlink_to("self.txt")
    (tmp_path / "in/there.txt").symlink_to("back.txt")
    (tmp_path / "in/back.txt").symlink_to("there.txt")
    for name in ("in", "in/*.txt"):
        good, *bad = Intake([name], excluded=[tmp_path / "out.jsonl"])
        assert good.article().text == TEXT
        assert [entry.id for entry in bad] == ["in/back.txt", "in/self.txt", "in/there.txt"]
        for entry in bad:
            assert "can't be read" in str(error_of(entry))


def test_pipes_in_a_folder_are_passed_over_since_they_may_wait_for_ever(
    write: Write, tmp_path: Path
) -> None:
    write("in/a.txt", TEXT)
    os.mkfifo(tmp_path / "in/pipe.txt")
    for name in ("in", "in/*"):
        intake = Intake([name])
        assert intake.total() == 1
        assert ids(intake) == ["in/a.txt"]
        assert intake.left_out == {"pipes and devices": 1}


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (["none.txt"], "does not exist"),
        (["none*.txt"], "No file matches"),
        (["empty"], "holds nothing that can be read"),
        (["https://gazette.example/a"], "is a URL"),
        (["a.txt", "none.txt"], "none.txt does not exist"),
        ([f"{TEXT} " * 99], "^The envoy left.{1,60}… can't be read"),
        (["a.txt", ""], "empty name"),
    ],
)
def test_what_is_not_there_is_said_before_any_work(
    inputs: list[str], said: str, write: Write, tmp_path: Path
) -> None:
    write("a.txt", TEXT)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=said) as caught:
        Intake(inputs)
    assert caught.value.hint


def test_no_input_and_standard_input_twice_are_refused() -> None:
    for inputs in ([], ["-", "-"]):
        with pytest.raises(ConfigurationError):
            Intake(inputs)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list any folder")
def test_a_folder_that_may_not_be_listed_is_not_passed_over_in_silence(
    write: Write, tmp_path: Path
) -> None:
    write("in/a/a.txt", TEXT)
    (tmp_path / "in" / "b").mkdir(mode=0)
    with pytest.raises(InputError, match="can't be read"):
        Intake(["in"]).total()


# Files


def test_a_file_is_called_by_its_path_or_as_it_calls_itself(write: Write) -> None:
    write("a.txt", TEXT)
    write("b.json", json.dumps({"id": 7, "text": TEXT, "title": "Talks"}))
    write("c.md", f"---\nid: c-1\ndate: 2031-06-02\n---\n{TEXT}")
    entries = list(Intake(["./a.txt", "b.json", "c.md"]))
    assert [entry.id for entry in entries] == ["a.txt", "7", "c-1"]
    articles = [entry.article() for entry in entries]
    assert [article.id for article in articles] == ["a.txt", "7", "c-1"]
    assert [article.text for article in articles] == [TEXT] * 3
    assert articles[1].title == "Talks"
    assert articles[2].published is not None


def test_the_digest_of_a_file_is_that_of_its_bytes(write: Write) -> None:
    (entry,) = Intake([write("a.txt", TEXT)])
    assert entry.digest == sha256(TEXT.encode()).hexdigest() == entry.article().source_sha256


def test_a_page_is_not_searched_for_its_article_before_that_is_wanted(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (entry,) = Intake([write("a.html", f"<html><body><p>{TEXT}</p></body></html>")])
    with pytest.raises(ConfigurationError):
        entry.article()


def test_fields_are_chosen_in_json_files_too(write: Write) -> None:
    write("a.json", json.dumps({"key": "k1", "wire": TEXT, "text": "Not this."}))
    (entry,) = Intake(["a.json"], id_field="key", text_field="wire")
    assert (entry.id, entry.article().text) == ("k1", TEXT)
    (other,) = Intake(["a.json"], id_field="key")
    assert other.digest != entry.digest  # another text: done anew, if it was done
    assert entry.article().source_sha256 == other.article().source_sha256


def test_a_file_that_cannot_be_read_is_an_entry_with_its_error(write: Write) -> None:
    names = [
        write("a.txt", b"%PDF-1.7"),
        write("b.txt", "Ankündigung".encode("cp1252")),
        write("c.txt", ""),
        write("d.txt", "a" * (MAX_BYTES + 1)),
        write("e.json", json.dumps([{"text": TEXT}])),
        write("f.txt", TEXT),
    ]
    entries = list(Intake(names))
    assert [entry.id for entry in entries] == names
    wanted = (NotText, NotText, EmptyArticle, InputTooLarge, InputError)
    for entry, kind in zip(entries, wanted, strict=False):
        assert type(error_of(entry)) is kind
    assert entries[5].article().text == TEXT


def test_a_file_whose_name_is_not_utf_8_has_an_id_that_can_be_written(
    write: Write, tmp_path: Path
) -> None:
    try:
        Path(os.fsdecode(b"in-\xff.txt")).write_text(TEXT)
        write("ok.txt", TEXT)
    except OSError:
        pytest.skip("the file system takes no such name")
    (entry,) = Intake([os.fsdecode(b"in-\xff.txt")])
    assert entry.id.encode()
    assert entry.article().text == TEXT


@pytest.mark.parametrize("name", ["a.log", "a.txt", "a.md", "feed"])
def test_json_lines_under_another_name_are_not_taken_for_one_article(
    name: str, write: Write
) -> None:
    write(name, "\n" + lines({"Text": TEXT, "n": 1}, {"body": TEXT}, {"text": TEXT}))
    (entry,) = Intake([name])
    assert "--input-format jsonl" in str(error_of(entry))


@pytest.mark.parametrize(
    "content",
    [
        lines({"text": TEXT}),
        '{"n": 1}\n{"n": 2}\n' + TEXT,
        lines({"text": TEXT}) + TEXT,
        "{curly}\n" + TEXT,
    ],
)
def test_what_only_begins_like_json_lines_stays_an_article(content: str, write: Write) -> None:
    (entry,) = Intake([write("a.log", content)])
    assert entry.article().text in (content, TEXT)


# Tables


def test_rows_have_the_input_s_id_or_their_number(write: Write) -> None:
    write(
        "a.jsonl",
        lines({"id": "x", "text": TEXT}, {"text": TEXT}) + "\n" + lines({"id": 4, "text": TEXT}),
    )
    write("b.csv", f'id,text\nx1,"{TEXT}"\n,"{TEXT}"\n')
    assert ids(Intake(["a.jsonl", "b.csv"])) == ["x", "a.jsonl#2", "4", "x1", "b.csv#2"]


def test_the_usual_fields_are_known_in_any_case_and_the_others_left_alone(write: Write) -> None:
    row = {
        "Body": TEXT,
        "Title": "Talks end",
        "date": "2031-06-02",
        "source": {"name": "not a string"},
        "author": "Ann Roe",
        "LANGUAGE": "en",
        "score": 3,
    }
    (entry,) = Intake([write("a.jsonl", lines(row))])
    article = entry.article()
    assert (article.text, article.title, article.byline) == (TEXT, "Talks end", "Ann Roe")
    assert (article.language, article.publisher) == ("en", None)
    assert article.published is not None
    assert article.published.isoformat() == "2031-06-02"


def test_the_digest_changes_with_what_can_change_the_record_and_with_nothing_else(
    write: Write,
) -> None:
    rows: list[dict[str, object]] = [
        {"id": "a", "text": TEXT, "title": "T"},
        {"title": "T", "text": TEXT, "score": 3, "id": "b"},
        {"id": "c", "text": TEXT, "title": "T", "published": "2031-06-02"},
        {"id": "d", "text": TEXT + "!", "title": "T"},
        {"id": "e", "text": TEXT, "title": "T", "language": "fr"},
    ]
    entries = list(Intake([write("a.jsonl", lines(*rows))]))
    assert entries[0].digest == entries[1].digest
    assert len({entry.digest for entry in entries}) == 4
    (of_csv,) = Intake([write("a.csv", f"title;text\nT;{TEXT}\n")])
    assert of_csv.digest == entries[0].digest


def test_a_line_that_cannot_be_read_costs_no_other(write: Write) -> None:
    good = lines({"text": TEXT}).encode()
    bad: list[tuple[bytes, type[SummarizerError]]] = [
        (b'{"text": \n', InputError),
        (b"[1]\n", InputError),
        (b'{"title": "x"}\n', InputError),
        (b'{"text": 1}\n', InputError),
        (b'{"text": "\xfc"}\n', NotText),
        (b'{"text": " "}\n', EmptyArticle),
        (b'{"text": "a\\ud800"}\n', NotText),
        (b"[" * 100_000 + b"\n", InputError),
        (b'{"text": "' + b"a" * MAX_BYTES * 2 + b'"}\n', InputTooLarge),
        (b'{"text": "x", "published": "last week"}\n', InputError),
        (b'{"text": "x", "published": "\\ud800"}\n', InputError),
        *(
            (b'{"text": "x", "%b": "a\\ud800"}\n' % field, NotText)
            for field in (b"title", b"publisher", b"byline", b"url")
        ),
    ]
    entries = list(Intake([write("a.jsonl", good + good.join(line for line, _ in bad) + good)]))
    assert [entry.id for entry in entries] == [f"a.jsonl#{n}" for n in range(1, 32)]
    for entry in entries[::2]:
        assert entry.article().text == TEXT
    for entry, (_, kind) in zip(entries[1::2], bad, strict=True):
        assert type(error_of(entry)) is kind
    assert len({entry.digest for entry in entries}) == len(bad) + 1


def test_a_row_that_cannot_be_read_costs_no_other(write: Write) -> None:
    rows = [
        b"id,text\n",
        b"1,Fine.\n",
        b"2,too,many\n",
        b"3,\xfc\n",
        b"4\n",
        b'5,"' + (b"a" * 999 + b"\n") * (MAX_BYTES // 900) + b'"\n',
        b"6," + b"a" * (MAX_BYTES + 9) + b"\n",
        b"7,Fine.\n",
        b"\n",
        b'8,"never closed\n9,swallowed\n',
    ]
    intake = Intake([write("a.csv", b"".join(rows))])
    assert intake.total() == 8
    entries = list(intake)
    assert [e.id for e in entries] == [
        "1",
        *(f"a.csv#{n}" for n in (2, 3)),
        "4",
        "a.csv#5",
        "a.csv#6",
        "7",
        "a.csv#8",
    ]
    assert [type(error_of(entries[n])) for n in (1, 2, 3, 4, 5, 7)] == [
        InputError,
        NotText,
        EmptyArticle,
        InputTooLarge,
        InputTooLarge,
        InputError,
    ]
    assert "never closed" in str(error_of(entries[7]))
    assert [entries[n].article().text for n in (0, 6)] == ["Fine.", "Fine."]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "id,headline\n1,x\n", "it is|first line has “id”, “headline”"),
        ("a.csv", "", "is empty"),
        ("a.jsonl", "", "is empty"),
        ("a.csv", "id,text\n".encode("utf-16"), "UTF-16"),
        ("a.jsonl", lines({"text": TEXT}).encode("utf-16"), "UTF-16"),
        ("a.csv", b"PK\x03\x04", "office"),
    ],
)
def test_a_table_without_what_is_needed_is_refused_before_any_work(
    name: str, content: bytes | str, said: str, write: Write
) -> None:
    write(name, content)
    with pytest.raises(InputError, match=said):
        Intake([name])


def test_a_table_in_a_folder_without_what_is_needed_is_one_failed_document(write: Write) -> None:
    write("in/a.csv", "id,headline\n1,x\n")
    write("in/b.txt", TEXT)
    intake = Intake(["in"])
    assert intake.total() == 2
    bad, good = intake
    assert bad.id == "in/a.csv"
    assert "--text-field" in str(error_of(bad))
    assert good.article().text == TEXT


def test_a_column_that_was_asked_for_and_is_not_there_is_named(write: Write) -> None:
    write("a.csv", f"id,text\n1,{TEXT}\n")
    with pytest.raises(InputError, match="“wire”"):
        Intake(["a.csv"], text_field="wire")
    with pytest.raises(InputError, match="“key”"):
        Intake(["a.csv"], id_field="key")


def test_the_delimiter_is_the_one_that_finds_the_columns(write: Write) -> None:
    write("a.csv", f"\ufeffid;text;a, b, c, d, e\n1;{TEXT};x\n")
    write("b.tsv", f"id\ttext\n2\t{TEXT}\n")
    write("c.csv", f"text\n{TEXT}\n")
    entries = list(Intake(["a.csv", "b.tsv", "c.csv"]))
    assert [entry.id for entry in entries] == ["1", "2", "c.csv#1"]
    assert {entry.article().text for entry in entries} == {TEXT}


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\r\n\t\x85"),
    max_size=20,
)
texts = cells.map(lambda cell: f"a{cell}")


@given(
    rows=st.lists(st.tuples(texts, cells), min_size=1, max_size=8),
    delimiter=st.sampled_from(",\t;|"),
    # With other line ends the writer of Python 3.11 sets no quotes around a field that breaks.
    style=st.sampled_from(
        [
            (csv.QUOTE_MINIMAL, "\r\n"),
            (csv.QUOTE_ALL, "\r\n"),
            (csv.QUOTE_ALL, "\n"),
            (csv.QUOTE_ALL, "\r"),
        ]
    ),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_rows_that_csv_writes_come_back_exactly(
    rows: list[tuple[str, str]],
    delimiter: str,
    style: tuple[Literal[0, 1], str],
    mark: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=style[0], lineterminator=style[1])
    writer.writerows([("text", "title"), *rows])
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    path.write_bytes((mark + written.getvalue()).encode())
    found = [entry.article() for entry in Intake([str(path)])]
    assert [(article.text, article.title or "") for article in found] == [
        (text, title if title.strip() else "") for text, title in rows
    ]


@given(
    rows=st.lists(st.tuples(texts, cells), min_size=1, max_size=8),
    ascii_only=st.booleans(),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_rows_that_json_writes_come_back_exactly(
    rows: list[tuple[str, str]],
    ascii_only: bool,
    mark: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    written = "\n".join(
        json.dumps({"text": text, "title": title}, ensure_ascii=ascii_only) for text, title in rows
    )
    path = tmp_path_factory.mktemp("rows") / "a.jsonl"
    path.write_bytes((mark + written).encode())
    found = [entry.article() for entry in Intake([str(path)])]
    assert [(article.text, article.title or "") for article in found] == [
        (text, title if title.strip() else "") for text, title in rows
    ]


# Ids


def test_a_row_that_fails_keeps_the_id_that_it_gives_itself(write: Write) -> None:
    write("a.jsonl", lines({"id": "x"}, {"id": "y", "text": TEXT, "title": ["no"]}))
    assert ids(Intake(["a.jsonl"])) == ["x", "y"]


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["a", "a~2", "a~3", "b"]), st.sampled_from("xyz")), max_size=20
    )
)
def test_ids_are_unique_and_stable_and_no_document_is_lost(
    rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rows") / "a.jsonl"
    path.write_text(lines({"id": "first", "text": "w"}, *({"id": i, "text": t} for i, t in rows)))
    intake = Intake([str(path)])
    found = [(entry.id, entry.article().text) for entry in intake]
    assert [(e.id, e.article().text) for e in Intake([str(path)])] == found
    assert len({name for name, _ in found}) == len(found)
    assert len(found) == 1 + len(set(rows))
    assert intake.repeated == len(rows) - len(set(rows))
    assert sorted(text for _, text in found[1:]) == sorted(text for _, text in set(rows))


def test_the_second_document_of_a_name_is_numbered_and_the_same_one_left_out_and_told(
    write: Write, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [{"id": "x", "text": text} for text in ("a", "b", "a", "c", "b")]
    intake = Intake([write("a.jsonl", lines(*rows))])
    with caplog.at_level(logging.WARNING, "summarizer.batch"):
        assert ids(intake) == ["x", "x~2", "x~3"]
    assert (intake.repeated, intake.renamed) == (2, 2)
    assert len(caplog.records) == 2


def test_a_file_named_twice_is_done_once(write: Write) -> None:
    write("in/a.txt", TEXT)
    intake = Intake(["in", "in/a.txt", "./in/*.txt"])
    assert ids(intake) == ["in/a.txt"]
    assert intake.repeated == 2


# Standard input


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (lines({"id": "a", "text": TEXT}, {"text": TEXT}), ["a", "stdin#2"]),
        ("\n\n" + lines({"text": TEXT}), ["stdin#3"]),
        (f"\ufeffid,text\n1,{TEXT}\n2,{TEXT}\n", ["1", "2"]),
        (f"title\tcontent\nx\t{TEXT}\n", ["stdin#1"]),
        (f"Text, lies and videotape\n{TEXT}\n", ["stdin"]),
        (f"Content\n{TEXT}\n", ["stdin"]),
        (json.dumps({"id": "a", "body": TEXT}, indent=1), ["a"]),
        ("", ["stdin"]),
    ],
)
def test_the_first_line_of_standard_input_tells_what_it_is(
    content: str, wanted: list[str], standard_input: Callable[[bytes | str], None]
) -> None:
    standard_input(content)
    intake = Intake(["-"])
    assert intake.total() is None
    assert ids(intake) == wanted


def test_what_standard_input_is_can_be_said(
    standard_input: Callable[[bytes | str], None],
) -> None:
    standard_input("text\nOne.\nTwo.\n")
    as_table = Intake(["-"], stream_format="csv")
    assert [entry.article().text for entry in as_table] == ["One.", "Two."]
    standard_input(lines({"text": TEXT}) * 2)
    (entry,) = Intake(["-"], stream_format="article")
    assert entry.article().text == lines({"text": TEXT}) * 2


def test_standard_input_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as stream, os.fdopen(write_end, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        entries = iter(Intake(["-"]))
        for n in range(3):
            pipe.write(lines({"id": f"d{n}", "text": TEXT}).encode())
            assert next(entries).id == f"d{n}"


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="closed"):
        Intake(["-"])


# Pipes


@pytest.mark.parametrize("name", ["pipe", "pipe.fifo", "pipe.jsonl"])
def test_the_first_line_of_a_pipe_that_is_named_tells_what_it_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(name)
    content = lines({"id": "a", "text": TEXT}, {"text": TEXT})
    writer = threading.Thread(target=Path(name).write_text, args=(content,))
    writer.start()
    intake = Intake([name])
    assert intake.total() is None
    assert ids(intake) == ["a", f"{name}#2"]
    writer.join()


@pytest.mark.parametrize(
    ("form", "wanted"),
    [("auto", [TEXT]), ("article", [f"text\n{TEXT}\n"]), ("csv", [TEXT])],
)
def test_what_a_pipe_holds_can_be_said(
    form: Literal["auto", "article", "csv"], wanted: list[str]
) -> None:
    content = f"{'id,' if form == 'auto' else ''}text\n{'1,' if form == 'auto' else ''}{TEXT}\n"
    read_end, write_end = os.pipe()
    os.write(write_end, content.encode())
    os.close(write_end)
    try:
        found = [
            entry.article().text for entry in Intake([f"/dev/fd/{read_end}"], stream_format=form)
        ]
    finally:
        os.close(read_end)
    assert found == wanted


# Memory


class Endless(io.RawIOBase):
    """Rows that are made as they are read."""

    def __init__(self, rows: Iterator[bytes]) -> None:
        self._rows = rows

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        assert isinstance(buffer, memoryview)
        row = next(self._rows, b"")
        buffer[: len(row)] = row
        return len(row)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("most", [5_000, pytest.param(50_000, marks=pytest.mark.slow)])
def test_memory_does_not_grow_with_the_number_of_rows(
    form: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(count: int) -> Iterator[bytes]:
        if form == "csv":
            yield b"id,text\n"
        for n in range(count):
            row = {"id": f"document {n}", "text": f"{n} {TEXT}"}
            yield (lines(row) if form == "jsonl" else f"{row['id']},{row['text']}\n").encode()

    def peak(count: int) -> int:
        stream = io.BufferedReader(Endless(rows(count)))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        tracemalloc.start()
        assert sum(1 for _ in Intake(["-"])) == count
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(5_000)  # Python itself keeps some of the first thousands of objects for a while
    # What a digest and an id of each row would take.
    kept = 100 * (most - 1_000)
    assert peak(most) < peak(1_000) + kept / 4
