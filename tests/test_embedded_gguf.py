"""The head of a GGUF file: read where it is one, refused in words where it is not."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.embedded.gguf import longest_context
from summarizer.errors import ConfigurationError


def string(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def entry(key: str, kind: int, value: bytes) -> bytes:
    return string(key) + struct.pack("<I", kind) + value


def gguf(*entries: bytes, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, 0, len(entries)) + b"".join(entries)


CONTEXT = entry("qwen2.context_length", 4, struct.pack("<I", 32768))
OTHERS = [
    entry("general.architecture", 8, string("qwen2")),
    entry("a.flag", 7, b"\1"),
    entry("a.small", 1, b"\xff"),
    entry("a.double", 12, struct.pack("<d", 0.5)),
    entry("some.numbers", 9, struct.pack("<IQ3H", 2, 3, 1, 2, 3)),
    entry("some.strings", 9, struct.pack("<IQ", 8, 2) + string("a") + string("é")),
    entry("nested", 9, struct.pack("<IQ", 9, 1) + struct.pack("<IQ2B", 0, 2, 1, 1)),
]
WHOLE = gguf(*OTHERS, CONTEXT)


def write(folder: Path, data: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(data)
    return path


@given(st.permutations([*OTHERS, CONTEXT]), st.sampled_from([2, 3]))
def test_the_context_is_found_among_values_of_every_kind(
    tmp_path_factory: pytest.TempPathFactory, entries: list[bytes], version: int
) -> None:
    path = write(tmp_path_factory.mktemp("gguf"), gguf(*entries, version=version))
    assert longest_context(path) == 32768


def test_a_model_that_does_not_say_has_no_longest_context(tmp_path: Path) -> None:
    assert longest_context(write(tmp_path, gguf(*OTHERS))) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "letters GGUF"),
        (b"PK\3\4 some archive", "letters GGUF"),
        (gguf(CONTEXT, version=1), "version is 1"),
        (gguf(entry("x", 77, b"")), "unknown type 77"),
        (gguf(string("x" * 9)[:-1]), "cut off"),
        (gguf(entry("x", 9, struct.pack("<IQ", 4, 1 << 62))), "cut off"),
        (gguf(struct.pack("<Q", 1 << 63)), "cut off"),
    ],
)
def test_what_is_no_gguf_is_refused_with_the_reason(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        longest_context(write(tmp_path, data))


@given(st.integers(0, len(WHOLE) - 1))
def test_a_head_that_is_cut_off_anywhere_is_refused(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    with pytest.raises(ConfigurationError, match=r"cut off|letters GGUF"):
        longest_context(write(tmp_path_factory.mktemp("gguf"), WHOLE[:length]))


@given(st.binary(max_size=200))
def test_any_bytes_give_a_number_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("gguf"), b"GGUF" + struct.pack("<I", 3) + data)
    with suppress(ConfigurationError):  # and any other exception fails
        assert longest_context(path) is None


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.gguf can't be read"):
        longest_context(tmp_path / "nowhere.gguf")
    with pytest.raises(ConfigurationError, match="is a folder"):
        longest_context(tmp_path)
