"""A folder of tables, which is written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from summarizer.batch.written import DESCRIPTION
from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.export import csv_files, description, parquet_files
from summarizer.export.tables import Files, Format, Row, Table

_MAKERS: dict[Format, tuple[Callable[[dict[Path, Table]], Files], str]] = {
    Format.CSV: (csv_files.CsvFiles, csv_files.SUFFIX),
    Format.PARQUET: (parquet_files.ParquetFiles, parquet_files.SUFFIX),
}


def write_folder(
    folder: Path, form: Format, tables: Sequence[Table], rows: Iterable[tuple[str, Row]]
) -> dict[str, int]:
    """Write the rows, each after the name of its table; how many each table has.

    The folder is made. Files of the same names are replaced once all is written, and what else is
    in it stays. For what it raises see `export_tables`.
    """
    make, suffix = _MAKERS[form]
    mark = f".{secrets.token_hex(4)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = {folder / f"{table.name}{suffix}": table for table in tables}
        described = folder / DESCRIPTION
        fresh = {path: path.with_name(f".{path.name}{mark}") for path in (*paths, described)}
        try:
            counts = Counter(dict.fromkeys((table.name for table in tables), 0))
            files = make({fresh[path]: table for path, table in paths.items()})
            try:
                for table, row in rows:
                    files.write(table, row)
                    counts[table] += 1
            finally:
                files.close()
            text = description.description(tables, suffix, counts)
            fresh[described].write_text(text, encoding="utf-8")
            for path, written in fresh.items():
                _sync(written)
                written.replace(path)
        finally:
            for written in fresh.values():
                with suppress(OSError):
                    written.unlink()
    except (FileExistsError, NotADirectoryError) as error:
        raise ConfigurationError(
            f"{folder} is no folder.", hint="Name a folder for the tables.", original=error
        ) from error
    except OSError as error:
        raise SummarizerError(
            f"{folder} can't be written to: {error.strerror or error}.",
            hint="Make room, or name another folder.",
            original=error,
        ) from error
    return dict(counts)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
