"""Known damages: what can be done to a right record to make it wrong in one known way.

A kind of damage finds, in a labelled article, all that it can be done to. Nothing is damaged that a
reader left open, or in a way that a reader would accept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.evals.causes import Cause
from summarizer.evals.comparators import Named, Names, Number
from summarizer.evals.edits import Edit, adding, exchanging, merging, setting
from summarizer.evals.leaves import Leaf, leaves, records
from summarizer.evals.lending import Cite, loans
from summarizer.evals.overlap import among, same_sentence
from summarizer.evals.referents import identity
from summarizer.evals.sites import Site, id_of, names_of
from summarizer.evals.things import Thing
from summarizer.schemas.vocabularies import MeetingStatus, Realis

if TYPE_CHECKING:
    from summarizer.evals.diagnosis import Finding

_DONE = {Realis: ("occurred", "planned"), MeetingStatus: ("held", "planned")}
_same_names = Names().compare


class Unit(NamedTuple):
    """One thing that can be damaged."""

    damage: Edit
    shows: Callable[[Finding], bool]
    """Whether a finding is of it."""
    fields: frozenset[str]
    """The fields that suffer, such as `military_activities.actors`; none if receipts do."""


class Damage(NamedTuple):
    """A kind of damage, the score that it should lower, and what it should be taken for."""

    name: str
    lowers: str
    cause: Cause
    units: Callable[[Site], Iterator[Unit]]


def drop(site: Site) -> Iterator[Unit]:
    """Items left out, but for those that another can't do without."""
    needed = {
        (leaf.field.ref.section, leaf.filler.raw)
        for thing in site.tree.items
        for leaf in leaves(thing)
        if leaf.field.ref is not None
        and not (leaf.field.ref.or_text or leaf.field.many)
        and leaf.owner.plan.model.model_fields[leaf.field.name].is_required()
    }
    for section, thing in site.items:
        if (section, id_of(thing)) not in needed:
            yield Unit(setting({thing.path: None}), _at(thing.path), _fields(section, thing))


def swap_attributions(site: Site) -> Iterator[Unit]:
    """Assessors, sources and the like, each made another party of the article."""
    for section, thing, leaf in site.leaves:
        ref = leaf.field.ref
        if ref is None or leaf.field.many:
            continue
        # A claim's source that is another's, too, would only put the claims in another order.
        said = [other for other in leaves(thing) if other.path == leaf.path]
        others = [
            id_of(other)
            for name, other in site.items
            if name == ref.section and other.plan.naming and id_of(other) is not None
            and not any(_is_near(site, ref.section, identity(other), each) for each in said)
        ]  # fmt: skip
        if others:
            at = leaf.filler.path
            new = setting({at: site.chance.choice(others)})
            yield Unit(new, _at(at), frozenset({f"{section}.{leaf.path}"}))


def swap_roles(site: Site) -> Iterator[Unit]:
    """Who does it for whom it is done to, and the other way about."""
    for section, thing in site.items:
        roles = [i for i in thing.plan.anchors if thing.plan.fields[i].many and i not in thing.free]
        for i, j in combinations(roles, 2):
            first, second = thing.plan.fields[i], thing.plan.fields[j]
            if first.ref is None or first.ref != second.ref:
                continue
            wrong = [
                filler.path
                for here, there in ((i, j), (j, i))
                for filler in thing.fields[here]
                if not filler.optional
                and not any(
                    first.comparator.compare(a, b) > 0
                    for other in thing.fields[there]
                    for a in filler.accepted
                    for b in other.accepted
                )
            ]
            if wrong:
                yield Unit(
                    exchanging(f"{thing.path}/{first.name}", f"{thing.path}/{second.name}"),
                    _at(*wrong),
                    frozenset({f"{section}.{first.name}", f"{section}.{second.name}"}),
                )


def change_numbers(site: Site) -> Iterator[Unit]:
    """Numbers made others, which stand nowhere in the labels; those of a record together."""
    taken = {
        leaf.filler.raw for *_, leaf in site.leaves if isinstance(leaf.field.comparator, Number)
    }
    for section, thing in site.items:
        together: dict[int, list[Leaf]] = {}
        for leaf in leaves(thing):
            if isinstance(leaf.field.comparator, Number) and leaf.filler.raw is not None:
                together.setdefault(id(leaf.owner), []).append(leaf)
        for own in together.values():
            counting = [leaf for leaf in own if not leaf.spared]
            # Much more or much less, by one rule, keeps the lowest number below the highest.
            more = ([leaf.filler.raw * factor + 7 for leaf in own] for factor in range(3, 13))
            less = ([leaf.filler.raw // factor for leaf in own] for factor in range(3, 13))
            new = next((each for each in (*more, *less) if _are_wrong(each, own, taken)), None)
            if counting and new is not None:
                at = [leaf.filler.path for leaf in own]
                yield Unit(
                    setting(dict(zip(at, new, strict=True))),
                    _at(*(leaf.filler.path for leaf in counting)),
                    frozenset(f"{section}.{leaf.path}" for leaf in counting),
                )


def change_realis(site: Site) -> Iterator[Unit]:
    """What hasn't happened said to have, and what has, to be planned."""
    for section, _, leaf in site.leaves:
        for new in _DONE.get(leaf.field.inner, ()):
            if not any(leaf.field.comparator.compare(new, old) for old in leaf.filler.accepted):
                at = leaf.filler.path
                yield Unit(setting({at: new}), _at(at), frozenset({f"{section}.{leaf.path}"}))
                break


def add_foreign(site: Site) -> Iterator[Unit]:
    """Items of another article, with their receipts there."""
    return _added(site, lambda receipts: receipts)


def add_invented(site: Site) -> Iterator[Unit]:
    """Items of another article, for which sentences of this one are cited."""
    citable = [i for i, span in enumerate(site.article.sentences) if not site.ignores(span)]
    if not citable:
        return iter(())
    return _added(
        site, lambda receipts: [site.receipt(site.chance.choice(citable)) for _ in receipts]
    )


def merge_parties(site: Site) -> Iterator[Unit]:
    """Two named items made one, which has the names of both and to which all references lead."""
    for section, plan in site.plan.sections.items():
        lists = [field.name for field in plan.fields if field.naming and field.many]
        things = [thing for name, thing in site.items if name == section and id_of(thing)]
        site.chance.shuffle(things)
        for kept, gone in zip(things[::2], things[1::2], strict=False) if lists else ():
            names, others = identity(kept).names, identity(gone).names
            if names & others:
                continue
            joined = {lists[0]: [*getattr(kept.raw, lists[0]), *names_of(gone)]}
            if plan.evidence is not None:
                both = [each for one in (kept, gone) for each in getattr(one.raw, plan.evidence)]
                joined[plan.evidence] = [each.model_dump() for each in dict.fromkeys(both)]
            yield Unit(
                merging(site.plan.model, kept.path, gone.path, joined),
                _at(kept.path, gone.path),
                frozenset(f"{section}.{field.name}" for field in plan.fields),
            )


def shift_receipts(site: Site) -> Iterator[Unit]:
    """The receipts of an item, and of the claims in it, moved by one sentence."""
    for _, thing in site.items:
        own = f"{thing.path}/{thing.plan.evidence}"
        for step in (1, -1):
            moved = {
                f"{record.path}/{record.plan.evidence}": [site.receipt(i) for i in indices]
                for _, record in records(thing)
                if (indices := _moved(site, record, step))
            }
            if _is_elsewhere(site, thing, moved.get(own, ())):
                marks = [f"{own}/{i}" for i in range(len(thing.spans))]
                yield Unit(setting(moved), _at(*marks), frozenset())
                break


DAMAGES = (
    Damage("items dropped", "their fields", Cause.ITEM, drop),
    Damage("attributions swapped", "those fields", Cause.MISATTRIBUTED, swap_attributions),
    Damage("actors ↔ targets", "those fields", Cause.MISATTRIBUTED, swap_roles),
    Damage("numbers changed", "those fields", Cause.VALUE, change_numbers),
    Damage("planned ↔ occurred", "those fields", Cause.VALUE, change_realis),
    Damage("items of another article added", "their fields", Cause.UNGROUNDED, add_foreign),
    Damage("the same, citing this article", "their fields", Cause.UNGROUNDED, add_invented),
    Damage("parties merged, two by two", "parties", Cause.MERGED, merge_parties),
    Damage("receipts moved by a sentence", "receipts", Cause.SHIFTED, shift_receipts),
)


def _added(site: Site, cite: Cite) -> Iterator[Unit]:
    if site.donor is None:
        return
    for loan in loans(site.donor, site.plan, site.tree, cite):
        receipts = loan.item[loan.thing.plan.evidence] if loan.thing.plan.evidence else []
        spans = [(receipt["start"], receipt["end"]) for receipt in receipts]
        if loan.item.get("id") and not (spans and all(map(site.ignores, spans))):
            yield Unit(
                adding(loan.section, loan.item, loan.needed),
                _of(loan.item["id"]),
                _fields(loan.section, loan.thing),
            )


def _fields(section: str, thing: Thing) -> frozenset[str]:
    return frozenset(f"{section}.{leaf.path}" for leaf in leaves(thing) if not leaf.spared)


def _at(*pointers: str) -> Callable[[Finding], bool]:
    """Whether a finding is of one of these places of the gold, or of the whole item around one."""

    def shows(finding: Finding) -> bool:
        at = finding.gold.pointer if finding.gold is not None else None
        if at is None:
            return False
        return at in pointers or (
            not finding.field and any(pointer.startswith(f"{at}/") for pointer in pointers)
        )

    return shows


def _of(added: str) -> Callable[[Finding], bool]:
    """Whether a finding is of the predicted item with this id."""

    def shows(finding: Finding) -> bool:
        own = finding.predicted
        return own is not None and not finding.field and getattr(own.value, "id", None) == added

    return shows


def _is_near(site: Site, section: str, named: Named, leaf: Leaf) -> bool:
    """Whether a reference leads, as good as, to the item of that name."""
    return any(
        isinstance(form, Named)
        and (_same_names(form, named) > 0 or site.referents.related(section, form, named))
        for form in leaf.filler.accepted
    )


def _are_wrong(new: Sequence[float], own: Sequence[Leaf], taken: set[float]) -> bool:
    """Whether numbers are none that the reader would accept for theirs, nor any that is taken."""
    return taken.isdisjoint(new) and not any(
        leaf.field.comparator.compare(Number().prepare(number), form) > 0
        for number, leaf in zip(new, own, strict=True)
        for form in leaf.filler.accepted
    )


def _moved(site: Site, record: Thing, step: int) -> list[int]:
    """The indices of the sentences that lie `step` from those of a record; [] where one doesn't."""
    sentences = site.article.sentences
    found = [
        next((i for i, one in enumerate(sentences) if same_sentence(one, span)), None)
        for span in record.spans
    ]
    moved = [i + step for i in found if i is not None and 0 <= i + step < len(sentences)]
    return moved if len(moved) == len(record.spans) else []


def _is_elsewhere(site: Site, thing: Thing, receipts: Iterable[dict[str, Any]]) -> bool:
    """Whether receipts cite another sentence than an item does, and leave out one that counts."""
    new = [(receipt["start"], receipt["end"]) for receipt in receipts]
    left = [span for span in set(thing.spans) - thing.waived if not among(span, new)]
    fresh = [span for span in new if not among(span, thing.spans)]
    return bool(left and fresh) and not all(map(site.ignores, new))
