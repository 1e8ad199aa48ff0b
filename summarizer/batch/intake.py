"""What a batch is given, as a stream of entries: files, folders, globs, tables, standard input."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from summarizer.article import Article
from summarizer.batch.files import check_table, count, documents, is_table
from summarizer.batch.found import Fields, Found
from summarizer.batch.lines import writable
from summarizer.batch.paths import STDIN, Paths, is_stream
from summarizer.batch.seen import Seen
from summarizer.batch.stdin import from_stdin
from summarizer.batch.streams import StreamFormat, from_pipe

MOST_COUNTED_BYTES = 1 << 30
_log = logging.getLogger("summarizer.batch")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a batch, not read as an article yet.

    `id` is unique in the batch, and the same whenever the same inputs are given. `digest` is the
    SHA-256, in hexadecimal digits, of what came in and could change the record. `article()` makes
    the article, whose id is the entry's, or raises the `SummarizerError` that says why it can't
    be: a document that is finished already costs no sentence splitting, and no page extraction.
    `size` is how many characters of plain text it makes it of; None where that isn't known, or it
    has more to do.
    """

    id: str
    digest: str
    article: Callable[[], Article]
    size: int | None = None


class Intake:
    """The entries of a batch, streamed in a stable order; iterate over it once.

    `inputs` are files, folders, globs, and "-" for standard input. An entry's id is what the
    document calls itself (`id_field`, or "id"), else its path, with "#" and the row's number in
    tables. Where two documents call themselves alike, the second is called "x~2", and one that
    is the same in all is left out. Files in `excluded` (the batch's own output) are passed over.
    `stream_format` is what standard input and pipes hold.

    Raises, before any work, `InputError` for what doesn't exist, holds nothing that can be read,
    is a URL, the output of a batch, or a table without the columns that are needed; and
    `ConfigurationError` for no input at all, or standard input twice. Later, what can't be read is
    an entry.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        *,
        id_field: str | None = None,
        text_field: str | None = None,
        stream_format: StreamFormat = "auto",
        excluded: Sequence[Path] = (),
    ) -> None:
        self._fields = Fields(id_field, text_field)
        self._paths = Paths(inputs, excluded)
        for path in self._paths.named:
            if is_table(path):
                check_table(path, self._fields)
        self._stream_format: StreamFormat = stream_format
        self._stdin = from_stdin(stream_format, self._fields) if STDIN in inputs else None
        self.repeated = 0
        """Documents left out so far because the very same came before."""
        self.renamed = 0
        """Documents so far that were called otherwise than they call themselves."""
        self.left_out: Counter[str] = Counter()
        """How many files in folders and of globs were passed over so far, by their suffix or by
        what they are."""

    def total(self) -> int | None:
        """How many entries there will be at most. Reads tables through, a few seconds for each
        gigabyte, and may do so in a thread beside the entries. None with standard input or
        a pipe, or where the tables are larger than a gigabyte."""
        if self._stdin is not None:
            return None
        found = bytes_read = 0
        for name in self._paths.walk(Counter()):
            path = Path(name)
            if is_stream(path):
                return None
            if is_table(path) and path.exists():
                bytes_read += path.stat().st_size
                if bytes_read > MOST_COUNTED_BYTES or not path.is_file():
                    return None
            found += count(path, self._fields)
        return found

    def __iter__(self) -> Iterator[Entry]:
        with Seen() as seen:
            for path in self._paths.walk(self.left_out):
                for found in self._documents(path):
                    called = writable(found.id or found.place)
                    name = seen.name(called, found.digest)
                    if name is None:
                        self.repeated += 1
                        continue
                    if name != called:
                        self._tell(called, name)
                    yield Entry(name, found.digest, partial(found.article, name), found.size)
        if self.repeated:
            _log.warning("%d documents came twice and are done once.", self.repeated)
        if self.left_out:
            kinds = ", ".join(f"{suffix} ({n})" for suffix, n in self.left_out.most_common(12))
            _log.warning("Passed over: %s.", kinds)

    def _documents(self, path: str) -> Iterator[Found]:
        if path == STDIN and self._stdin is not None:
            return self._stdin
        name = writable(Path(path).as_posix())
        if is_stream(Path(path)):
            return from_pipe(Path(path), name, self._stream_format, self._fields)
        return documents(Path(path), name, self._fields)

    def _tell(self, called: str, name: str) -> None:
        if not self.renamed:
            _log.warning(
                "Several documents call themselves %r; the second is %r. So with others.",
                called,
                name,
            )
        self.renamed += 1
