"""What a batch is given, as a stream of entries: files, folders, globs, tables, standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.inputs import read


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a batch, not read as an article yet.

    `id` is unique in the batch, and the same whenever the same inputs are given. `digest` is the
    SHA-256, in hexadecimal digits, of what came in and could change the record. `article()` makes
    the article, whose id is the entry's, or raises the `SummarizerError` that says why it can't
    be: a document that is finished already costs no sentence splitting, and no page extraction.
    """

    id: str
    digest: str
    article: Callable[[], Article]


class Intake:
    """The entries of `inputs`, streamed in a stable order; iterate over it once.

    Raises `InputError` at once for a path that doesn't exist and for a URL.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        *,
        id_field: str | None = None,
        text_field: str | None = None,
        leave_out: Sequence[Path] = (),
    ) -> None:
        for name in inputs:
            if not Path(name).exists():
                raise InputError(f"{name} does not exist.", hint="Check the path.")
        self._inputs = inputs

    @property
    def total(self) -> int | None:
        """How many entries there will be at most, where that can be told cheaply."""
        return len(self._inputs)

    def __iter__(self) -> Iterator[Entry]:
        for name in self._inputs:
            digest = sha256(Path(name).read_bytes()).hexdigest()
            yield Entry(name, digest, partial(read, name, id=name))
