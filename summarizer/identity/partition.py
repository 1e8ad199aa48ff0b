"""Joining what has a link, without ever joining what is apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Apart = Callable[[int, int], bool]

CROWD = 64
"""As many as one link, or one chain of links, joins: what so many have in common is nobody's."""


def groups(links: Iterable[Sequence[int]], apart: Apart) -> list[list[int]]:
    """The groups that `links` join, each of two or more.

    A link joins all that are in it. What is linked with two that are apart is left alone, being
    either's; and where two that are apart still hang together by a chain, nothing of the chain is
    joined. So the outcome is the same in whatever order things come.
    """
    near: dict[int, set[int]] = {}
    for link in links:
        members = set(link)
        if 1 < len(members) <= CROWD:
            for one in members:
                near.setdefault(one, set()).update(members)
    # Whatever can't be joined directly is no link.
    open_to = {
        one: {other for other in others if other != one and not apart(one, other)}
        for one, others in near.items()
    }
    torn = {one for one, others in open_to.items() if _has_rift(others, apart)}
    found: list[list[int]] = []
    seen = set(torn)
    for start in open_to:
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            one = waiting.pop()
            group.append(one)
            fresh = open_to[one] - seen
            seen |= fresh
            waiting += fresh
        if 1 < len(group) <= CROWD and not _has_rift(group, apart):
            found.append(sorted(group))
    return found


def _has_rift(members: Iterable[int], apart: Apart) -> bool:
    """Whether two of these are apart."""
    listed = list(members)
    return any(apart(one, other) for i, one in enumerate(listed) for other in listed[i + 1 :])
