"""An answer as it is kept, and the key that it is found by."""

from __future__ import annotations

from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json


class Stored(BaseModel):
    """What a model wrote, as it came; why it stopped; and the tokens that it took."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    content: str
    finish_reason: str
    prompt_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0)
    completion_tokens: int = Field(default=0, ge=0)


def key_of(body: bytes, place: str, repeat: int = 1) -> str:
    """The key of the answer to a request: a SHA-256 in hexadecimal.

    `body` is that of the request, with all that is wanted of the model; `place` says where it goes
    (see `summarizer.config.digest_of`), and `repeat` tells answers apart that are wanted to the
    same request.
    """
    hashed = sha256(to_json([place, repeat]))
    hashed.update(body)
    return hashed.hexdigest()
