"""llama.cpp's own reader of grammars, out of the engine's library and without a model.

It is asked in a process of its own, since it ends a process that asks it anything odd:

    python tests/llama_grammar.py < QUESTIONS > ANSWERS

A question is a line of JSON, `[grammar, text]`; an answer is true, false, or null where the
grammar can't be read.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

_INIT = "_Z23llama_grammar_init_implPK11llama_vocabPKcS3_bPS3_mPKim"
_FREE = "_Z23llama_grammar_free_implP13llama_grammar"
_ACCEPT = "_Z20llama_grammar_acceptP13llama_grammarj"
_STACKS = "_Z24llama_grammar_get_stacksP13llama_grammar"


class _Vector(ctypes.Structure):
    """A `std::vector`: where it begins and ends."""

    _fields_ = (
        ("begin", ctypes.c_void_p),
        ("end", ctypes.c_void_p),
        ("capacity", ctypes.c_void_p),
    )


def asked(questions: Sequence[tuple[str, str]]) -> list[bool | None]:
    """For each grammar and text: does it let the text through? None if it is no grammar."""
    done = subprocess.run(
        [sys.executable, __file__],
        input="\n".join(map(json.dumps, questions)),
        capture_output=True,
        check=True,
        text=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@cache
def available() -> bool:
    """Whether the library is installed, and lets itself be asked."""
    if importlib.util.find_spec("xllamacpp") is None:
        return False
    return subprocess.run([sys.executable, __file__, "--try"], check=False).returncode == 0


class _Library:
    """The functions that read grammars."""

    def __init__(self) -> None:
        spec = importlib.util.find_spec("xllamacpp.xllamacpp")
        assert spec is not None
        assert spec.origin is not None
        functions = ctypes.CDLL(spec.origin)
        pointer, size = ctypes.c_void_p, ctypes.c_size_t
        patterns, tokens = ctypes.POINTER(ctypes.c_char_p), ctypes.POINTER(ctypes.c_int32)
        text = ctypes.c_char_p
        self.init = functions[_INIT]
        self.init.restype = pointer
        self.init.argtypes = [pointer, text, text, ctypes.c_bool, patterns, size, tokens, size]
        self.free = functions[_FREE]
        self.free.argtypes = [pointer]
        self.accept = functions[_ACCEPT]
        self.accept.argtypes = [pointer, ctypes.c_uint32]
        self.stacks = functions[_STACKS]
        self.stacks.restype = ctypes.POINTER(_Vector)
        self.stacks.argtypes = [pointer]

    def accepts(self, grammar: str, text: str) -> bool | None:
        """Whether the grammar lets all of `text` through; None if it is no grammar."""
        patterns, tokens = (ctypes.c_char_p * 1)(), (ctypes.c_int32 * 1)()
        handle = self.init(None, grammar.encode(), b"root", False, patterns, 0, tokens, 0)
        if not handle:
            return None
        try:
            for character in text:
                self.accept(handle, ord(character))
                if not _heights(self.stacks(handle)):
                    return False
            # A stack with nothing on it is a way in which the text may end here.
            return 0 in _heights(self.stacks(handle))
        finally:
            self.free(handle)


def _heights(stacks: Any) -> list[int]:
    """How much there is on each of the stacks."""
    outer = stacks.contents
    starts = range(outer.begin or 0, outer.end or 0, ctypes.sizeof(_Vector))
    vectors = (_Vector.from_address(start) for start in starts)
    return [(vector.end or 0) - (vector.begin or 0) for vector in vectors]


def main() -> None:
    """Answer the questions on standard input."""
    try:
        library = _Library()
    except (OSError, AttributeError):
        sys.exit("the library can't be asked")
    if sys.argv[1:] == ["--try"]:
        sys.exit(0 if library.accepts('root ::= "a" | "b"', "b") else 1)
    for line in sys.stdin:
        print(json.dumps(library.accepts(*json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
