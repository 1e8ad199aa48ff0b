"""Results as tables that R, pandas and DuckDB join: see docs/tables.md."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from summarizer.schemas import SituationSummary


def export_tables(
    results: Sequence[str | PathLike[str]],
    folder: str | PathLike[str],
    *,
    to: Literal["csv", "parquet"] = "csv",
    schema: type[BaseModel] = SituationSummary,
) -> dict[str, int]:
    """Write the results in these files as tables, one file each, into `folder`, which is made.

    A results file is the output of a batch, or one result in JSON. `schema` is what they were made
    with. Files are replaced once all is written; what else is in the folder stays. Memory does not
    grow with the number of documents.

    Returns:
        How many rows each table has.

    Raises:
        InputError: A file can't be read or was made with another schema, or two of them hold a
            document of the same id.
        ConfigurationError: `folder` is a file, or Parquet is wanted and pyarrow not installed.
        SchemaError: No model could be asked for `schema`.
        SummarizerError: The folder can't be written to.
    """
    from summarizer.export.documents import documents
    from summarizer.export.folder import write_folder
    from summarizer.export.layout import layout
    from summarizer.export.rows import rows
    from summarizer.export.tables import Format

    laid_out = layout(schema)
    found = documents([Path(path) for path in results], schema)
    every = (row for document in found for row in rows(laid_out, document))
    return write_folder(Path(folder), Format(to), laid_out.tables, every)
