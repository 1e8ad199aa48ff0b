"""The laws of the scorer, as functions that raise AssertionError where one is broken.

Each takes an example and a source of chance, and holds for every example: with partial credit,
lists in lists, references, alternatives, and whatever else a reader may leave open. They are
checked on the F of a document, to six digits.

Three exceptions are of the laws' nature. Recall is only held to its law where nothing can be
spared: an alignment that takes the largest F can't take the largest R, too, where what is optional
or in a region may either be earned or be left out. The fields that *name* an item are not corrected
or nulled: they decide what every reference to the item means, so that a right name may make
references wrong that were right by accident. For the same reason a reference is corrected only to
an item that stands for no other one, and not to a text that the gold has as the name of an item,
too. And an item is only added where no reference means it: a new bearer of a name changes what the
name refers to.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from random import Random
from typing import Any

import pytest
from eval_strategies import Example, Json, Side, Writer, shuffled
from pydantic import ValidationError

from summarizer.evals.alignment import Comparison, Pair
from summarizer.evals.comparators import Named, Names
from summarizer.evals.counts import DocumentScore, Mass, counted
from summarizer.evals.identities import apart, parted
from summarizer.evals.matches import Match, matches, spared_matches
from summarizer.evals.overlap import LEAST, MOST, anchored, compatible, most_alike, overlap, sparing
from summarizer.evals.plan import FieldPlan, RecordPlan, plan_of
from summarizer.evals.tally import Tally
from summarizer.evals.things import Thing

EPSILON = 1e-6
Law = Callable[[Example, Random], None]


def f_of(score: DocumentScore) -> float | None:
    """The F of a document; None where there is nothing on either side."""
    mass = score.mass
    total = mass.gold + mass.predicted
    return 2 * mass.value / total if total > EPSILON else None


def precision_and_recall(score: DocumentScore) -> tuple[float | None, float | None]:
    """P and R of a document."""
    mass = score.mass
    return (
        mass.value / mass.predicted if mass.predicted > EPSILON else None,
        mass.value / mass.gold if mass.gold > EPSILON else None,
    )


def check_order(example: Example, random: Random) -> None:
    """Order never matters: of items, of values in a field, on either side. No count changes."""
    moved = replace(
        example,
        gold=shuffled(example.gold, random),
        predicted=shuffled(example.predicted, random),
    )
    assert rounded(example.score()) == rounded(moved.score())


def check_swap(example: Example, random: Random) -> None:
    """Swapping the sides, each with its tolerances, swaps precision and recall."""
    there = example.score()
    back = replace(example, gold=example.predicted, predicted=example.gold).score()
    assert f_of(there) == close(f_of(back))
    assert precision_and_recall(there) == close(precision_and_recall(back)[::-1])


def check_equal(example: Example, random: Random) -> None:
    """F is 1 of what is equal, and only where nothing is wrong, partly right, left out or made up.

    A prediction without tolerances is as good as the labels that they belong to."""
    itself = example.with_predicted(Side(example.gold.labels)).score()
    assert f_of(itself) in (None, close(1.0))
    for score in (itself, example.score()):
        f = f_of(score)
        if f is not None and f > 1 - EPSILON:
            for field in score.fields.values():
                assert field.tally == Tally(correct=field.tally.correct)


def check_overlap(example: Example, random: Random) -> None:
    """κ is at most the size of either side, and `matches` adds up to what `overlap` says."""
    comparison = example.compare()
    for g, p in all_pairs(comparison):
        for half in (LEAST, 0.2, MOST):
            found = overlap(g, p, half)
            assert found.credit <= min(g.size, p.size) + EPSILON
            assert found.credit <= g.size - found.spared_gold + EPSILON
            assert found.credit <= p.size - found.spared_predicted + EPSILON
            gold, predicted, credit = total(matches(g, p, half))
            assert credit == close(found.credit)
            assert gold == close(g.size - found.spared_gold)
            assert predicted == close(p.size - found.spared_predicted)
        if g.optional or p.optional:
            found, (gold, predicted, credit) = sparing(g, p), total(spared_matches(g, p))
            assert (found.credit, credit) == (0, 0)
            assert gold == close(0 if g.optional else g.size - found.spared_gold)
            assert predicted == close(0 if p.optional else p.size - found.spared_predicted)


def check_nest(example: Example, random: Random) -> None:
    """F_value ≥ F_located ≥ F_grounded, in every section and field, and none exceeds 1."""
    score = example.score()
    for each in (score.mass, *masses(score)):
        assert min(each.gold, each.predicted) + EPSILON >= each.value
        assert each.value + EPSILON >= each.located
        assert each.located + EPSILON >= each.grounded
        assert each.grounded >= 0


def check_totals(example: Example, random: Random) -> None:
    """What is counted is what there is: sections and fields add up, and so do sizes."""
    comparison = example.compare()
    score = counted(comparison, id="example")
    for name, section in score.sections.items():
        of_fields = [f.mass for key, f in score.fields.items() if key.startswith(f"{name}.")]
        assert sum(m.gold for m in of_fields) == close(section.mass.gold)
        assert sum(m.predicted for m in of_fields) == close(section.mass.predicted)
        assert sum(m.value for m in of_fields) == close(section.mass.value)
        pairs = [p for p in comparison.pairs if p.section == name and not p.spared]
        together = [p for p in comparison.pairs if p.section == name and p.spared]
        gone = {id(p.gold) for p in together} | {id(p.predicted) for p in together}
        paired = {id(p.gold) for p in pairs} | {id(p.predicted) for p in pairs}
        golds, predicteds = (
            [
                thing
                for thing in tree.sections[name]
                if id(thing) not in gone
                and (id(thing) in paired or not (thing.optional or thing.excused))
            ]
            for tree in (comparison.gold, comparison.predicted)
        )
        size = sum(g.size for g in golds) - sum(p.overlap.spared_gold for p in pairs)
        size += sum(p.gold.size - p.overlap.spared_gold for p in together if not p.gold.optional)
        assert section.mass.gold == close(size)
        size = sum(p.size for p in predicteds) - sum(p.overlap.spared_predicted for p in pairs)
        size += sum(
            p.predicted.size - p.overlap.spared_predicted
            for p in together
            if not p.predicted.optional
        )
        assert section.mass.predicted == close(size)
        assert section.mass.value == close(sum(p.overlap.credit for p in pairs))
        assert (section.items.gold, section.items.predicted) == (len(golds), len(predicteds))
        assert section.items.aligned == len(pairs) >= section.items.strict
        receipts = section.receipts
        assert receipts.gold >= receipts.found >= 0
        assert receipts.predicted >= receipts.right >= 0
        assert receipts.predicted >= receipts.verbatim >= 0


def check_tallies(example: Example, random: Random) -> None:
    """MUC-4's identities: POS is what gold has of a field and ACT what was predicted; the credit of
    the right ones is counted, and of the partial ones in part."""
    strict = replace(
        example, gold=Side(example.gold.labels), predicted=Side(example.predicted.labels)
    )
    comparison = strict.compare()
    score = counted(comparison, id="example")
    assert not any(found.spared for pair in comparison.pairs for found in without_names(pair))
    for name, field in score.fields.items():
        tally, mass = field.tally, field.mass
        assert tally.possible == tally.correct + tally.partial + tally.incorrect + tally.missing
        assert tally.actual == tally.correct + tally.partial + tally.incorrect + tally.spurious
        if any(f".{naming}" in name for naming in ("aliases", "tickers")):
            continue
        worth = mass.gold / tally.possible if tally.possible else None
        if tally.actual and worth is not None:
            assert mass.predicted / tally.actual == close(worth)
        if worth is None and not tally.actual:
            continue
        worth = worth if worth is not None else mass.predicted / tally.actual
        least, most = tally.correct, tally.correct + tally.partial
        assert worth * least - EPSILON <= mass.value <= worth * most + EPSILON
        assert tally.partial == 0 or mass.value < worth * most


def check_correction(example: Example, random: Random) -> None:
    """Correcting a field of an aligned item never lowers F, be it whole or one value of it."""
    before = counted(comparison := example.compare(), id="example")
    f = f_of(before)
    corrections = list(_corrections(example, comparison, random))
    if f is None or not corrections:
        return
    for corrected in random.sample(corrections, min(3, len(corrections))):
        after = f_of(corrected.score())
        assert after is None or after >= f - EPSILON


def check_nulling(example: Example, random: Random) -> None:
    """Nulling a wrong value never lowers F; nor R, where nothing can be spared."""
    firm = replace(
        example,
        gold=Side(
            example.gold.labels,
            tuple(t for t in example.gold.tolerances if t.facts or t.alternatives or t.interval),
        ),
    )
    for one in (example, firm):
        before = counted(comparison := one.compare(), id="example")
        f, (_, recall) = f_of(before), precision_and_recall(before)
        wrong = [
            found
            for pair in comparison.pairs
            for found in without_names(pair)
            if found.predicted is not None and found.credit == 0 and not found.spared
        ]
        for found in random.sample(wrong, min(3, len(wrong))):
            assert found.predicted is not None
            nulled = _with_prediction(one, found.predicted.path, None)
            if nulled is None or f is None:
                continue
            after = nulled.score()
            assert (f_of(after) or 0) >= f - EPSILON
            if recall is not None and not any(map(any_spared, all_pairs(comparison))):
                assert (precision_and_recall(after)[1] or 0) >= recall - EPSILON


def check_gate(example: Example, random: Random) -> None:
    """An added item that fails the gate with every item of the gold never raises F."""
    f = f_of(example.score())
    found = _with_another(example, random, _new_item(example, random))
    if found is None or f is None:
        return
    larger, section, path = found
    comparison = larger.compare()
    added = next(p for p in comparison.predicted.sections[section] if p.path == path)
    if not any(allowed(g, added, example.threshold) for g in comparison.gold.sections[section]):
        after = f_of(counted(comparison, id="example"))
        assert after is not None
        assert after <= f + EPSILON


def check_addition(example: Example, random: Random) -> None:
    """An added item helps only by what it earns: κ / |p| > F/2, if what it spares is worth F/2."""
    for new in (_new_item(example, random), _copied_item(example, random)):
        f = f_of(example.score())
        found = _with_another(example, random, new)
        if found is None or f is None:
            return
        larger, section, path = found
        comparison = larger.compare()
        score = counted(comparison, id="example")
        after = f_of(score)
        assert after is not None
        if after <= f + EPSILON:
            continue
        pair = next(
            p for p in comparison.pairs if p.section == section and p.predicted.path == path
        )
        size, half = pair.predicted.size, after / 2
        spared = pair.overlap.spared_gold + pair.overlap.spared_predicted
        assert pair.overlap.credit + half * spared > half * size - EPSILON
        if not example.gold.tolerances and not example.gold.regions and section not in NAMED:
            gained = score.mass.value - example.score().mass.value
            assert gained / size > f / 2 - EPSILON


def check_duplicate(example: Example, random: Random) -> None:
    """An item that is told twice adds its mass to what was predicted, and earns nothing.

    But for its aliases: that one side calls main what the other has as an alias is no error, so
    that an alias may be spared by another item of the same name, of which it is the closer one.
    """
    itself = replace(example, gold=Side(example.gold.labels), predicted=Side(example.gold.labels))
    found = _with_another(itself, random, _copied_item(itself, random), known=True)
    if found is None:
        return
    larger, section, path = found
    before, comparison = itself.score().mass, larger.compare()
    after = counted(comparison, id="example").mass
    added = next(p for p in comparison.predicted.sections[section] if p.path == path)
    assert before.gold == close(before.value)
    assert after.gold == close(before.gold)
    assert after.value == close(before.value)
    spared = before.predicted + added.size - after.predicted
    assert -EPSILON < spared < _aliases(added) + EPSILON


def _aliases(thing: Thing) -> float:
    """What the further names of an item weigh."""
    return sum(
        field.weight * sum(not filler.optional for filler in fillers)
        for field, fillers in zip(thing.plan.fields, thing.fields, strict=True)
        if field.naming and field.many
    )


LAWS: dict[str, Law] = {
    name.removeprefix("check_"): law
    for name, law in list(globals().items())
    if name.startswith("check_")
}
"""All of them, by name."""


# What the laws are made of.

NAMED = ("parties", "companies")


def close(value: Any) -> Any:
    """Equal up to what arithmetic does, and to the tie-breaks of the alignment."""
    return pytest.approx(value, abs=EPSILON)


def rounded(score: DocumentScore) -> Any:
    """All counts of a score, to nine digits, without the fields that have none."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(each) for key, each in value.items()}
        return round(value, 9) if isinstance(value, float) else value

    return walk(asdict(score))


def masses(score: DocumentScore) -> Iterator[Mass]:
    """Those of the sections and of the fields."""
    for section in score.sections.values():
        yield section.mass
    for field in score.fields.values():
        yield field.mass


def all_pairs(comparison: Comparison) -> Iterator[tuple[Thing, Thing]]:
    """Each gold item with each predicted item of its section."""
    for name, golds in comparison.gold.sections.items():
        for g in golds:
            for p in comparison.predicted.sections[name]:
                yield g, p


def any_spared(pair: tuple[Thing, Thing]) -> bool:
    """Whether either side of a pair is spared anything."""
    gold, predicted = pair
    left_open = any(thing.optional or thing.excused for thing in pair)
    return left_open or any(overlap(gold, predicted, LEAST)[1:])


def allowed(gold: Thing, predicted: Thing, threshold: float) -> bool:
    """Whether a pair passes the gate."""
    if not (compatible(gold, predicted) and anchored(gold, predicted)):
        return False
    alike = most_alike(gold, predicted, overlap(gold, predicted))
    return alike > 0 and alike >= threshold - EPSILON


def total(found: list[Match]) -> tuple[float, float, float]:
    """The gold mass, predicted mass and credit of matches."""
    gold = predicted = credit = 0.0
    for match in found:
        credit += 0 if match.spared else match.worth * match.credit
        gold += match.worth * match.left[0]
        predicted += match.worth * match.left[1]
    return gold, predicted, credit


def without_names(pair: Pair) -> list[Match]:
    """The matches of a pair but for those of its names."""
    return [found for found in pair.matches if found.field not in pair.gold.plan.naming]


def _corrections(example: Example, comparison: Comparison, random: Random) -> Iterator[Example]:
    """The example with one thing corrected, in all the ways there are."""
    for pair in comparison.pairs:
        for field in pair.gold.plan.fields:
            if field.name in pair.gold.plan.naming:
                continue
            gold = _at(example.gold.labels, f"{pair.gold.path}/{field.name}")
            yield from _corrected(
                example, comparison, field, gold, f"{pair.predicted.path}/{field.name}", whole=True
            )
        for found in without_names(pair):
            if found.gold is None or found.predicted is None or found.credit == 1:
                continue
            field = _field_of(pair.gold.plan, found.field)
            gold = _at(example.gold.labels, found.gold.path)
            yield from _corrected(
                example, comparison, field, gold, found.predicted.path, whole=False
            )


def _corrected(
    example: Example, comparison: Comparison, field: FieldPlan, gold: Any, path: str, *, whole: bool
) -> Iterator[Example]:
    assert example.gold.labels is not None
    assert example.predicted.labels is not None
    try:
        value: Any = None
        if whole and field.many:
            value = [_in_its_words(example, comparison, field, each) for each in gold or ()]
        elif gold is not None:
            value = _in_its_words(example, comparison, field, gold)
    except LookupError:
        return
    found = _with_prediction(example, path, value)
    if found is not None:
        yield found


def _in_its_words(example: Example, comparison: Comparison, field: FieldPlan, value: Any) -> Any:
    """A value of the gold as the prediction would have it, with the prediction's references.

    `LookupError` where it has nothing to refer to.
    """
    if field.record is not None:
        value = dict(value)
        for inner in field.record.fields:
            if inner.many:
                value[inner.name] = [
                    _in_its_words(example, comparison, inner, each)
                    for each in value.get(inner.name) or ()
                ]
            elif value.get(inner.name) is not None:
                value[inner.name] = _in_its_words(example, comparison, inner, value[inner.name])
        return value
    if field.ref is None:
        return value
    plan = plan_of(example.schema).sections[field.ref.section]
    assert example.gold.labels is not None
    assert example.predicted.labels is not None
    golds, predicteds = (
        side.labels[field.ref.section] for side in (example.gold, example.predicted) if side.labels
    )
    meant = [item for item in golds if item.get("id") == value]
    meant = meant or [item for item in golds if value in _own_names(plan, item)]
    wanted, *others = {_names(plan, item) for item in meant} or {Names().prepare(value)}
    if others:
        raise LookupError(value)
    ours, theirs = (
        tree.known[field.ref.section] for tree in (comparison.gold, comparison.predicted)
    )
    for item in predicteds:
        found = _names(plan, item)
        parts = parted(wanted, theirs), parted(found, ours)
        if wanted.names & found.names and apart(wanted, found, parts) == 1:
            return item["id"]
    bearers = any(wanted.names & _names(plan, item).names for item in (*golds, *predicteds))
    if not meant and field.ref.or_text and not bearers:
        return value
    raise LookupError(value)


def _own_names(plan: RecordPlan, item: Json) -> list[str]:
    names: list[str] = []
    for name in plan.naming:
        value = item.get(name)
        names += [value] if isinstance(value, str) else value or []
    return [name for name in names if name.strip()]


def _names(plan: RecordPlan, item: Json) -> Named:
    names = _own_names(plan, item)
    if names:
        return Names().prepare(names)
    return Named(frozenset(f"{e['start']}-{e['end']}" for e in item[plan.evidence or "evidence"]))


def _field_of(plan: RecordPlan, path: str) -> FieldPlan:
    first, _, rest = path.partition(".")
    field = next(field for field in plan.fields if field.name == first)
    return _field_of(field.record, rest) if rest and field.record is not None else field


def _at(labels: Json | None, path: str) -> Any:
    value: Any = labels
    for step in path.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value.get(step)
    return value


def _with_prediction(example: Example, path: str, value: Any) -> Example | None:
    """The example with another value in the prediction; None where the schema won't have it.

    A null value is left out.
    """
    labels = copy.deepcopy(example.predicted.labels)
    above, _, last = path.rpartition("/")
    holder = _at(labels, above)
    if isinstance(holder, list):
        holder[int(last) : int(last) + 1] = [] if value is None else [copy.deepcopy(value)]
    elif value is None:
        holder.pop(last, None)
    else:
        holder[last] = copy.deepcopy(value)
    try:
        example.schema.model_validate(labels)
    except ValidationError:
        return None
    return example.with_predicted(replace(example.predicted, labels=labels))


def _new_item(example: Example, random: Random) -> tuple[str, Json] | None:
    """A random item, and its section."""
    labels = example.predicted.labels
    if labels is None:
        return None
    writer = Writer(random, example.schema)
    writer.article = example.article
    ids = {
        name: [item["id"] for item in labels[name] if "id" in item]
        for name in writer.plan.sections
        if name != writer.plan.root
    }
    section = random.choice(list(ids))
    return section, writer.item(writer.plan.sections[section], ids)


def _copied_item(example: Example, random: Random) -> tuple[str, Json] | None:
    """A copy of a predicted item, and its section."""
    labels = example.predicted.labels
    plan = plan_of(example.schema)
    full = [name for name in plan.sections if name != plan.root and labels and labels[name]]
    if not full or labels is None:
        return None
    section = random.choice(full)
    return section, copy.deepcopy(random.choice(labels[section]))


def _with_another(
    example: Example, random: Random, new: tuple[str, Json] | None, *, known: bool = False
) -> tuple[Example, str, str] | None:
    """The example with an item more in the prediction, the item's section and its path.

    None where the schema won't have it, or, unless it is `known`, where a text refers to its name.
    """
    if new is None or example.predicted.labels is None:
        return None
    section, item = new
    plan = plan_of(example.schema).sections[section]
    labels = copy.deepcopy(example.predicted.labels)
    if not known and plan.naming and _names(plan, item).names & _texts(example):
        return None
    if "id" in plan.model.model_fields:
        item["id"] = "added"
    labels[section].append(item)
    try:
        example.schema.model_validate(labels)
    except ValidationError:
        return None
    larger = example.with_predicted(replace(example.predicted, labels=labels))
    return larger, section, f"/{section}/{len(labels[section]) - 1}"


def _texts(example: Example) -> frozenset[str]:
    """Names by which the prediction refers to something without an id."""

    def walk(plan: RecordPlan, item: Json) -> Iterator[str]:
        for field in plan.fields:
            value = item.get(field.name)
            for each in value if isinstance(value, list) else [] if value is None else [value]:
                if field.record is not None:
                    yield from walk(field.record, each)
                elif field.ref is not None:
                    yield from Names().prepare(each).names

    labels, plan = example.predicted.labels or {}, plan_of(example.schema)
    return frozenset(
        text
        for name, section in plan.sections.items()
        for item in ([labels] if name == plan.root else labels[name])
        for text in walk(section, item)
    )
