"""A request that is the same each time but for its body."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2


class Prepared:
    """Posts bodies to one address, with the same headers.

    To prepare such a request anew each time, and to find out what to make of the answer, takes
    the SDK as much time as the request itself.

    `http` sends, `request` is as the SDK has prepared it, and `error` makes the error of an
    answer that is none of success.
    """

    def __init__(
        self,
        http: httpx2.AsyncClient,
        request: httpx2.Request,
        error: Callable[[httpx2.Response], Exception],
    ) -> None:
        self._http = http
        self._request = request
        self._error = error
        request.headers.pop("content-length", None)

    async def send(self, body: bytes) -> httpx2.Response:
        """The answer to one request. Raises the SDK's error for a status, and httpx2's own."""
        import httpx2

        like = self._request
        request = httpx2.Request(
            "POST", like.url, headers=like.headers, content=body, extensions=like.extensions
        )
        # A key for one host, and the article, are not sent on to another.
        response = await self._http.send(request, follow_redirects=False)
        if not response.is_success:
            raise self._error(response)
        return response
