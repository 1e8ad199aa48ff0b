"""Files of gold: read strictly, written in one form, whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from summarizer.errors import InputError, NotText, SummarizerError

if TYPE_CHECKING:
    from pydantic import BaseModel


def read_text(path: Path) -> str:
    """The UTF-8 text of a file: its newlines as they are, without a byte order mark.

    Raises `InputError` where it can't be read, `NotText` where it is no UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror or error}", original=error) from None
    except UnicodeDecodeError as error:
        raise NotText(f"is not UTF-8 at byte {error.start}", original=error) from None


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises `InputError` where it can't be read, holds a number that is
    none (`NaN`), or gives one object the same key twice."""
    try:
        return json.loads(
            read_text(path), object_pairs_hook=_once_each, parse_constant=_no_constant
        )
    except SummarizerError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not readable JSON: {error}", original=error) from None


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object that a file holds. Raises `InputError` as `read_json` does, or where it
    holds something else."""
    content = read_json(path)
    if not isinstance(content, dict):
        raise InputError("is no JSON object")
    return content


def json_of(record: BaseModel) -> dict[str, Any]:
    """A record as gold files have it: its fields in order, those at their default left out, and
    whole numbers without a decimal point."""
    plain: dict[str, Any] = _whole(record.model_dump(mode="json", exclude_defaults=True))
    return plain


def written(content: Any) -> str:
    """JSON as gold files have it: one value per line, so that a change is a small difference."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write(path: Path, text: str) -> bool:
    """Write a file, whole or not at all; False where it was so already. Raises
    `SummarizerError`."""
    content = text.encode()
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        _replace(path.resolve(), content)
    except OSError as error:
        raise SummarizerError(
            f"{path} can't be written: {error.strerror or error}.", original=error
        ) from error
    return True


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.tmp")
    try:
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            fresh.chmod(path.stat().st_mode & 0o7777)
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _whole(value: Any) -> Any:
    match value:
        case dict():
            return {key: _whole(inner) for key, inner in value.items()}
        case list():
            return [_whole(inner) for inner in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
