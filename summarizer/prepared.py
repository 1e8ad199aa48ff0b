"""A request that is the same each time but for its body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2


class Prepared:
    """Posts bodies to one address, with the same headers each time.

    To prepare such a request anew, and to find out what to make of the answer, takes the SDK as
    much time as the request itself.

    `send` sends one, `request` is as the SDK has prepared it, and `error` makes the error of an
    answer that is none of success. Only connecting has a time limit here.
    """

    def __init__(
        self,
        send: Callable[[httpx2.Request], Awaitable[httpx2.Response]],
        request: httpx2.Request,
        error: Callable[[httpx2.Response], Exception],
    ) -> None:
        self._send = send
        self._request = request
        self._error = error
        request.headers.pop("content-length", None)
        self._headers = request.headers.raw
        # Who waits for the answer has a limit for the whole; another one for each step of reading
        # and writing costs as much as the step.
        steps = dict.fromkeys(("read", "write", "pool"))
        request.extensions["timeout"] = {**request.extensions["timeout"], **steps}

    async def post(self, body: bytes) -> httpx2.Response:
        """The answer. Raises the SDK's error for a status, and otherwise httpx2's."""
        import httpx2

        like = self._request
        # Of a stream, httpx2 makes no headers of its own, nor reads those that there are.
        request = httpx2.Request(
            "POST",
            like.url,
            headers=[*self._headers, (b"Content-Length", b"%d" % len(body))],
            stream=httpx2.ByteStream(body),
            extensions=like.extensions,
        )
        response = await self._send(request)
        if not response.is_success:
            raise self._error(response)
        return response
