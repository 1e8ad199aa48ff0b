"""An article, and records of it made from answers as a model would write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.article import Article
from summarizer.assembly import assemble
from summarizer.grounding import Source, decode
from summarizer.results import Issue, IssueKind
from summarizer.wire import Kind, Node, Profile, Size, asked_slots, plan

R = TypeVar("R", bound=BaseModel)

TEXT = """Velmara's navy fired on two trawlers off Cape Osk on Tuesday, the Harl Foreign Ministry \
said. Velmara denied it.

Advertisement

President Ilka Moru of Velmara met Harl envoy Tomas Brenn in Portane on 3 March to discuss the \
trawlers. Dana Weck of the Corrin Institute said that war is very unlikely.

Harl closed its ports in order to press Velmara, she said. At least 12 sailors were hurt, two \
residents said.
"""
ARTICLE = Article.from_text(TEXT, published="2025-03-06", language="en")
FIRED, DENIED, FURNITURE, MET, JUDGED, CLOSED, HURT = range(1, 8)
INSTRUCTIONS = "Use only what the article says. Cite the numbers of the sentences that carry it."


def source(article: Article = ARTICLE, output_language: str | None = "English") -> Source:
    """What answers about `article` are held against."""
    return Source(article, INSTRUCTIONS, output_language)


def record_of(
    schema: type[R],
    answer: Mapping[str, Any],
    *,
    profile: Profile = Profile.STRICT,
    size: Size = Size.FULL,
    against: Source | None = None,
) -> tuple[R, list[Issue]]:
    """The record and the issues that one answer comes to."""
    planned, held = plan(schema, profile, size), against or source()
    made = assemble(planned, [decode(answer, planned, held)], held)
    record, issues = made.summary, made.issues
    assert type(record) is schema
    return record, issues


def kinds(issues: list[Issue]) -> list[IssueKind]:
    """What the issues are about."""
    return [issue.kind for issue in issues]


def at(path: str, value: Any) -> Any:
    """What the JSON Pointer `path` leads to in `value`; fails where it leads nowhere."""
    for part in path.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def inner_nodes(node: Node) -> Iterator[Node]:
    """Every node below `node`."""
    for slot in node.fields:
        yield slot.node
        yield from inner_nodes(slot.node)
    if node.item is not None:
        yield node.item
        yield from inner_nodes(node.item)


BORNE = ("Velmara", "Harl", "the Harl Foreign Ministry", "Ilka Moru", "Tomas Brenn", "Dana Weck")
OTHER = ("VELMARA", "President Ilka Moru", "Portane", "two residents", "Nordovia", "Zed Arlo", "")
NAMES = st.sampled_from([*BORNE, *OTHER])
SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 9),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    NAMES,
    st.sampled_from(["on Tuesday", "3 March", "1 May", "very unlikely", "12", "[4]", "IR", "Iran"]),
    st.just("Cite the numbers of the sentences that carry it."),
)
JUNK: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def answers(node: Node, *, bare: bool = False) -> st.SearchStrategy[Any]:
    """Values that a model might write at `node`: as a rule of its shape, and at times anything."""
    right = _right(node, bare=bare)
    return st.integers(0, 19).flatmap(lambda chance: JUNK if chance == 9 else right)


def _right(node: Node, *, bare: bool) -> st.SearchStrategy[Any]:
    match node.kind:
        case Kind.EVIDENCE:
            there = st.lists(st.sampled_from([1, 2, 4, 5, 6, 7]), min_size=1, max_size=3)
            return there | there | st.lists(st.integers(-1, 9) | SCALARS, max_size=3)
        case Kind.NAME | Kind.REFERENCE:
            return NAMES
        case Kind.TEXT:
            return NAMES | st.sampled_from(
                ["on Tuesday", "3 March", "1 May", "very unlikely", "IR"]
            )
        case Kind.LIST if node.item is not None:
            return st.lists(answers(node.item), max_size=3)
        case Kind.OBJECT if bare and node.bare:
            return answers(node.bare.node, bare=True)
        case Kind.OBJECT:
            asked = list(asked_slots(node))
            fields = {s.wire_name: answers(s.node, bare=True) for s in asked}
            whole = {s.wire_name for s in asked if s.required or s.node.kind is Kind.EVIDENCE}
            return st.fixed_dictionaries(
                {name: fields[name] for name in whole},
                optional={name: fields[name] for name in fields.keys() - whole},
            )
        case _:
            values = node.schema.get("enum")
            return st.sampled_from(values) if values else st.integers(0, 20) | st.booleans()
