"""The scorer, rule by rule, on records small enough to reckon by hand."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from eval_strategies import CompanyNews, Json
from pydantic import Field
from sample_record import article_of, summary_of

from summarizer.errors import SchemaError
from summarizer.evals.alignment import Comparison
from summarizer.evals.counts import DocumentScore, Excused, Mass
from summarizer.evals.documents import Region, Tolerance
from summarizer.evals.labelled import Labelled
from summarizer.evals.overlap import most_alike, overlap
from summarizer.evals.plan import plan_of
from summarizer.evals.scoring import Scorer
from summarizer.evals.tally import Tally
from summarizer.evals.trees import grow
from summarizer.schemas import Evidence, SituationSummary
from summarizer.schemas.evidence import Record
from summarizer.schemas.markers import Naming, Ref

TEXT = "Nordal buys Osk. Osk agrees. The price is low."
SPANS = ((0, 16), (17, 28), (29, 46))
F = pytest.approx


def cite(*numbers: int) -> list[Json]:
    """Receipts for sentences, counted from 1."""
    spans = [(n, *SPANS[n - 1]) for n in numbers]
    return [{"sentence": n, "start": s, "end": e, "quote": TEXT[s:e]} for n, s, e in spans]


def firm(identity: str, name: str | None, **fields: Any) -> Json:
    return {"id": identity, "name": name, "evidence": cite(1), **fields}


def deal(**fields: Any) -> Json:
    return {"evidence": cite(1), **fields}


FIRMS = [firm("c1", "Nordal"), firm("c2", "Osk")]


def news(*deals: Json, firms: list[Json] | None = None, **top: Any) -> Json:
    return {"companies": FIRMS if firms is None else firms, "deals": list(deals), **top}


def labelled(
    labels: Json | None, *tolerances: Json, regions: tuple[tuple[int, int], ...] = ()
) -> Labelled:
    return Labelled(
        None if labels is None else CompanyNews.model_validate(labels),
        TEXT,
        [Tolerance.model_validate(each) for each in tolerances],
        [Region(start=start, end=end) for start, end in regions],
    )


def compare(
    gold: Json | None, predicted: Json | None, *tolerances: Json, threshold: float = 0.4
) -> Comparison:
    return Scorer(CompanyNews, threshold).compare(labelled(gold, *tolerances), labelled(predicted))


def score(
    gold: Json | None, predicted: Json | None, *tolerances: Json, threshold: float = 0.4
) -> DocumentScore:
    return Scorer(CompanyNews, threshold).score(
        labelled(gold, *tolerances), labelled(predicted), id="d"
    )


def deals(*arguments: Any, **options: Any) -> Mass:
    """The mass of the deals alone."""
    return score(*arguments, **options).sections["deals"].mass


def f(mass: Mass) -> float:
    return 2 * mass.value / (mass.gold + mass.predicted)


WHOLE = deal(
    kind="takeover",
    buyer="c1",
    sellers=["c2"],
    amount=5.0,
    legs=[{"means": "cash", "amount": 3.0}, {"means": "shares", "amount": 2.0}],
)
"""1 + 1 + 1 + 2 for the amount, and ½ · 2 for each leg: 7."""


class TestSizes:
    def test_a_size_is_the_weight_of_each_filler_and_nested_ones_weigh_what_they_hold(self) -> None:
        assert deals(news(WHOLE), news(WHOLE)) == Mass(7, 7, 7, 7, 7)

    def test_null_has_no_size(self) -> None:
        bare = deal(buyer="c1", kind=None, terms=None)
        assert deals(news(bare), news(bare)).gold == 1

    @pytest.mark.parametrize("blank", ["", " ", "\n\t"])
    def test_nor_has_a_blank(self, blank: str) -> None:
        gold = deal(buyer="c1", seat={"chief": "Maro Wire"})
        blanks = deal(buyer="c1", terms=blank, seat={"chief": "Maro Wire"})
        found = score(news(gold), news(blanks))
        assert found.sections["deals"].mass == Mass(1.5, 1.5, 1.5, 1.5, 1.5)
        assert found.fields["deals.terms"].nulls.both == 1
        remarks = {"remarks": [{"codes": ["EUR", blank]}]}
        assert score(remarks, remarks).mass.gold == 1
        blanks = deal(buyer="c1", seat={"chief": blank})
        assert deals(news(blanks), news(blanks)).gold == 1

    def test_who_has_a_blank_for_a_name_goes_by_receipts(self) -> None:
        nameless = [firm("c1", " "), firm("c2", "", evidence=cite(2))]
        gold = news(deal(buyer="c1", terms="low"), firms=nameless)
        assert deals(gold, gold).value == 2
        other = news(deal(buyer="c2", terms="low"), firms=nameless)
        assert deals(gold, other).value == 0

    def test_nor_has_what_stands_there_by_default(self) -> None:
        one, other = {"remarks": [{"text": "low"}]}, {"remarks": [{"text": "low", "quoted": False}]}
        found = score(one, other)
        assert (found.mass.gold, found.mass.predicted, found.mass.value) == (1, 1, 1)
        told = {"remarks": [{"text": "low", "quoted": True}]}
        assert score(told, told).mass.value == 2
        assert score(told, other).fields["remarks.quoted"].tally == Tally(missing=1)

    def test_an_unscored_field_has_no_size_and_is_not_compared(self) -> None:
        found = deals(news({**WHOLE, "gossip": "low"}), news({**WHOLE, "gossip": "high"}))
        assert found == Mass(7, 7, 7, 7, 7)

    def test_in_the_core_size_what_a_model_was_not_asked_for_is_left_out(self) -> None:
        scorer = Scorer(CompanyNews, size="core")
        found = scorer.score(labelled(news(WHOLE)), labelled(news({**WHOLE, "legs": []})), id="d")
        assert found.sections["deals"].mass == Mass(5, 5, 5, 5, 5)

    def test_the_sample_record_weighs_the_same_on_both_sides_and_less_in_core(self) -> None:
        article = article_of()
        one = Labelled(summary_of(article), article.text)
        full = Scorer(SituationSummary).score(one, one, id="d").mass
        core = Scorer(SituationSummary, size="core").score(one, one, id="d").mass
        assert full.gold == full.predicted == full.value == full.grounded
        assert 0 < core.gold == core.value < full.gold


class TestOverlap:
    def test_it_is_the_sum_over_fields_and_likeness_twice_that_over_both_sizes(self) -> None:
        # Right: kind, buyer, seller, both means of payment. Wrong: the amounts.
        legs = [{"means": "shares", "amount": 9.0}, {"means": "cash", "amount": 8.0}]
        found = compare(news(WHOLE), news({**WHOLE, "amount": 4.0, "legs": legs}))
        pair = next(pair for pair in found.pairs if pair.section == "deals")
        assert pair.overlap.credit == 1 + 1 + 1 + 0.5 * 2
        assert pair.likeness == F(2 * 4 / 14)

    def test_items_are_aligned_so_that_all_of_them_together_earn_most(self) -> None:
        # By turns, the first of each side would earn 2 and leave nothing; crosswise it is 1 and 2.
        gold = [{"codes": ["EUR", "USD"]}, {"codes": ["USD"], "text": "low"}]
        predicted = [{"codes": ["EUR", "USD"], "text": "low"}, {"codes": ["EUR"]}]
        found = score({"remarks": gold}, {"remarks": predicted}).sections["remarks"].mass
        assert (found.gold, found.predicted, found.value) == (4, 4, 3)

    def test_so_are_records_in_a_list(self) -> None:
        gold = [{"means": "cash", "amount": 1.0}, {"means": "cash", "amount": 2.0, "payer": "c1"}]
        predicted = [{"means": "cash", "amount": 2.0}, {"means": "cash", "amount": 1.0}]
        found = deals(news(deal(buyer="c1", legs=gold)), news(deal(buyer="c1", legs=predicted)))
        assert (found.gold, found.predicted, found.value) == (3.5, 3, 3)

    def test_a_parent_in_place_of_its_child_earns_half(self) -> None:
        firms = [firm("c1", "Nordal", sector="steel")]
        other = [firm("c1", "Nordal", sector="industry")]
        found = score(news(firms=firms), news(firms=other))
        assert found.mass.value == 1.5
        assert found.fields["companies.sector"].tally == Tally(partial=1)

    def test_nested_lists_of_different_types_are_never_held_together(self) -> None:
        one = deal(buyer="c1", legs=[{"means": "cash", "amount": 3.0}])
        other = deal(buyer="c1", legs=[{"means": "shares", "amount": 3.0}])
        assert deals(news(one), news(other)).value == 1

    def test_records_in_lists_of_records_are_compared(self) -> None:
        def seated(*staff: int) -> Json:
            return deal(
                buyer="c1", legs=[{"means": "cash", "seats": [{"staff": n} for n in staff]}]
            )

        found = deals(news(seated(1, 2)), news(seated(2, 3)))
        # buyer 1, leg ½ · (means 1 + seats ½ · 2)
        assert (found.gold, found.predicted, found.value) == (2, 2, 1 + 0.5 * (1 + 0.5))


class TestGate:
    @pytest.mark.parametrize(("threshold", "earned"), [(0.36, 2), (0.37, 0)])
    def test_a_pair_less_alike_than_the_threshold_is_not_aligned(
        self, threshold: float, earned: float
    ) -> None:
        # κ is 2 of sizes 7 and 4: d = 4/11 = .364.
        part = {**WHOLE, "amount": 1.0, "sellers": [], "legs": []}
        found = deals(news(WHOLE), news(part), threshold=threshold)
        assert (found.gold, found.predicted, found.value) == (7, 4, earned)

    def test_items_that_agree_on_no_anchor_are_not_aligned(self) -> None:
        other = {**WHOLE, "buyer": "c2", "sellers": ["c1"]}
        assert deals(news(WHOLE), news(other)).value == 0

    def test_one_anchor_is_enough(self) -> None:
        gold = {**WHOLE, "closing": {"text": "May", "edtf": "2031-05"}}
        other = {**gold, "buyer": "c2", "sellers": ["c1"]}
        assert deals(news(gold), news(other)).value == 1 + 2 + 2 + 1

    def test_half_of_one_is_not_but_for_names(self) -> None:
        gold = {**WHOLE, "closing": {"text": "May", "edtf": "2031-05"}}
        day = {"text": "3 May", "edtf": "2031-05-03"}
        other = {**gold, "buyer": "c2", "sellers": ["c1"], "closing": day}
        assert deals(news(gold), news(other)).value == 0
        merged = [firm("c1", "Nordal", tickers=["Osk"])]
        other = {**other, "buyer": "c1", "sellers": []}
        assert deals(news(gold), news(other, firms=merged)).value == 1 + 0.5 + 2 + 2 + 0.5

    def test_without_any_anchor_on_either_side_likeness_decides(self) -> None:
        bare = deal(terms="low")
        assert deals(news(bare), news(bare)).value == 1

    def test_an_anchor_on_one_side_alone_keeps_items_apart(self) -> None:
        assert deals(news(deal(terms="low")), news(deal(terms="low", buyer="c1"))).value == 0

    def test_types_of_one_family_may_be_aligned_and_others_not(self) -> None:
        assert deals(news(WHOLE), news({**WHOLE, "kind": "stake"})).value == 6
        assert deals(news(WHOLE), news({**WHOLE, "kind": "merger"})).value == 0
        assert deals(news(WHOLE), news({**WHOLE, "kind": None})).value == 6


class TestTop:
    def test_what_stands_at_the_top_is_aligned_without_being_asked(self) -> None:
        found = score({"codes": ["EUR"]}, {"codes": ["USD"]})
        assert found.fields["CompanyNews.codes"].tally == Tally(incorrect=1)
        assert found.mass == Mass(gold=1, predicted=1)
        assert found.sections["CompanyNews"].items.aligned == 1

    def test_a_top_without_anything_is_no_item(self) -> None:
        items = score({}, {}).sections["CompanyNews"].items
        assert (items.gold, items.predicted) == (0, 0)

    def test_a_record_at_the_top_is_compared(self) -> None:
        found = score({"desk": {"staff": 3, "chief": "Nordal"}}, {"desk": {"staff": 3}})
        assert (found.mass.gold, found.mass.predicted, found.mass.value) == (1.5, 1, 1)


class TestReferences:
    def test_they_match_where_the_names_do_whatever_the_ids(self) -> None:
        other = [firm("c1", "Osk"), firm("c2", "Nordal")]
        swapped = {**WHOLE, "buyer": "c2", "sellers": ["c1"]}
        assert deals(news(WHOLE), news(swapped, firms=other)).value == 7
        assert deals(news(WHOLE), news(WHOLE, firms=other)).value == 0

    def test_they_match_by_an_alias(self) -> None:
        firms = [firm("c1", "Nordal", tickers=["NDL"]), firm("c2", "Osk")]
        other = [firm("c1", "NDL"), firm("c2", "Osk")]
        assert deals(news(WHOLE, firms=firms), news(WHOLE, firms=other)).value == 7

    def test_they_match_though_the_items_are_not_aligned(self) -> None:
        firms = [firm("c1", "Nordal", sector="steel", parent="c2"), firm("c2", "Osk")]
        other = [firm("c1", "NDL", tickers=["Nordal"] + [f"N{i}" for i in range(8)]), FIRMS[1]]
        found = score(news(WHOLE, firms=firms), news(WHOLE, firms=other))
        assert found.sections["companies"].items.aligned == 1
        assert found.sections["deals"].mass.value == 7

    def test_who_stands_for_several_answers_for_one_of_them(self) -> None:
        """Of k with nothing in common: 1/k on each reference, whichever side merges them."""
        both = [firm("c1", "Nordal", tickers=["Osk"])]
        merged = news({**WHOLE, "sellers": ["c1"]}, firms=both)
        assert deals(news(WHOLE), merged).value == 7 - 2 * 0.5
        assert deals(merged, news(WHOLE)).value == 7 - 2 * 0.5
        three = [firm("c1", "Nordal", tickers=["Osk", "Vell"])]
        gold = news(WHOLE, firms=[*FIRMS, firm("c3", "Vell")])
        merged = news({**WHOLE, "sellers": ["c1"]}, firms=three)
        assert deals(gold, merged).value == F(7 - 2 + 2 / 3, abs=1e-4)

    def test_every_name_for_every_party_earns_what_one_of_them_would(self) -> None:
        names = ["Nordal", "Osk", "Vell", "Tarn"]
        gold = [firm(name, name) for name in names]
        hedged = [firm(name, name, tickers=names) for name in names]
        deal_of = {name: deal(buyer=name, terms="low") for name in names}
        wrong = [deal(buyer=other, terms="low") for other in (*names[1:], names[0])]
        found = score(news(*deal_of.values(), firms=gold), news(*wrong, firms=hedged))
        assert found.fields["deals.buyer"].mass.value == 4 * 0.25

    def test_who_bears_all_the_names_that_the_gold_has_for_one_answers_for_all(self) -> None:
        gold = [firm("c1", "Nordal", tickers=["N", "NDL"]), FIRMS[1]]
        other = [firm("c1", "NDL", tickers=["N", "Nordal", "Nor"]), FIRMS[1]]
        assert deals(news(WHOLE, firms=gold), news(WHOLE, firms=other)).value == 7

    def test_those_that_share_a_name_are_not_several(self) -> None:
        gold = [firm("c1", "Nordal", tickers=["N"]), firm("c2", "Osk", tickers=["N"])]
        both = [firm("c1", "Nordal", tickers=["Osk"])]
        found = deals(news(WHOLE, firms=gold), news({**WHOLE, "sellers": ["c1"]}, firms=both))
        assert found.value == 7

    def test_texts_that_name_no_item_are_others_too(self) -> None:
        def chiefs(first: str, second: str) -> list[Json]:
            return [
                deal(buyer="c1", seat={"chief": first}),
                deal(buyer="c2", seat={"chief": second}),
            ]

        gold = news(*chiefs("Maro Wire", "Coast Herald"))
        assert score(gold, gold).fields["deals.seat.chief"].mass.value == 1
        collector = [*FIRMS, firm("c3", "Maro Wire", tickers=["Coast Herald"])]
        found = score(gold, news(*chiefs("c3", "c3"), firms=collector))
        assert found.fields["deals.seat.chief"].mass.value == 0.5

    def test_names_that_a_reader_tolerates_make_nobody_several(self) -> None:
        """Nor is a gold item split by them, nor a prediction by the text in their place."""
        tolerated = {"at": "/companies/0", "names": ["Osk"]}
        gold = news(WHOLE)
        assert f(score(gold, gold, tolerated).mass) == 1

    def test_what_cites_the_receipts_of_all_answers_for_one_of_them(self) -> None:
        first, second = deal(id="d1", buyer="c1"), deal(id="d2", buyer="c2", evidence=cite(2))
        third = deal(id="d3", buyer="c1", terms="low", follows="d1", evidence=cite(3))
        gold = news(first, second, third)
        assert score(gold, gold).fields["deals.follows"].mass.value == 1
        all_cited = [{**each, "evidence": cite(1, 2, 3)} for each in (first, second, third)]
        assert score(gold, news(*all_cited)).fields["deals.follows"].mass.value == F(
            1 / 3, abs=1e-4
        )

    def test_a_tree_may_be_compared_with_one_and_then_another(self) -> None:
        scorer = Scorer(CompanyNews)
        merged = news({**WHOLE, "sellers": ["c1"]}, firms=[firm("c1", "Nordal", tickers=["Osk"])])
        gold, one, other = (
            grow(labelled(x), scorer.plan) for x in (news(WHOLE), news(WHOLE), merged)
        )
        before = scorer.aligned(gold, one)
        scorer.aligned(gold, other)
        assert scorer.aligned(gold, one).pairs == before.pairs

    def test_what_has_no_name_is_meant_by_its_receipts(self) -> None:
        first = deal(id="d1", buyer="c1", terms="low")
        second = deal(id="d2", buyer="c2", follows="d1", evidence=cite(2))
        renamed = [{**second, "id": "x", "follows": "y"}, {**first, "id": "y", "terms": "high"}]
        assert score(news(first, second), news(*renamed)).fields["deals.follows"].mass.value == 1

    def test_a_name_in_place_of_a_reference_is_that_of_its_bearer(self) -> None:
        gold = [firm("c1", "Nordal", tickers=["NDL"])]
        found = score(
            news(firms=gold, desk={"chief": "c1"}), news(firms=gold, desk={"chief": "NDL"})
        )
        assert found.fields["CompanyNews.desk.chief"].mass.value == 0.5

    def test_a_name_that_two_items_bear_stands_for_itself_whichever_comes_first(self) -> None:
        one, two = firm("c1", "Nordal", tickers=["N"]), firm("c2", "Osk", tickers=["N"])
        gold = news(firms=[firm("c1", "Nordal")], desk={"chief": "c1"})
        for firms in ([one, two], [two, one]):
            found = score(gold, news(firms=firms, desk={"chief": "N"}))
            assert found.fields["CompanyNews.desk.chief"].mass.value == 0

    def test_names_that_a_reader_tolerates_do_not_tell_namesakes_apart(self) -> None:
        twins = [firm("c1", "Nordal", tickers=["N"]), firm("c2", "N", tickers=["Nordal"])]
        seats = [deal(terms="low", seat={"chief": name}) for name in ("N", "Nordal")]
        gold = news(*seats, firms=twins)
        tolerated = {"at": "/companies/0", "names": ["Osk"]}
        found = score(gold, gold, tolerated).fields["deals.seat.chief"]
        assert found.mass.value == 1

    def test_a_section_whose_items_cannot_be_told_apart_is_refused(self) -> None:
        with pytest.raises(SchemaError, match="told apart"):
            plan_of(Graph)


class Node(Record):
    id: str


class Link(Record):
    to: Annotated[str | None, Ref("nodes")] = None


class Boat(Record):
    name: Annotated[str, Naming()]
    nicknames: Annotated[list[str] | None, Naming()] = None
    evidence: list[Evidence] | None = None


class Trip(Record):
    boat: Annotated[str, Ref("boats", or_text=True)]
    ports: list[str] | None = None
    evidence: list[Evidence] | None = None


class Loose(Record):
    boats: list[Boat] | None = None
    trips: list[Trip] | None = None


class Graph(Record):
    nodes: list[Node] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)


class TestNames:
    FULL = firm("c1", "Nordal", tickers=["NDL"])

    def firms(self, predicted: Json, *tolerances: Json) -> Mass:
        return score(news(firms=[self.FULL]), news(firms=[predicted]), *tolerances).mass

    def test_a_name_may_be_the_others_alias_if_both_are_told(self) -> None:
        found = self.firms(firm("c1", "NDL", tickers=["Nordal"]))
        assert (found.gold, found.predicted, found.value) == (1, 1, 1)

    def test_an_alias_alone_is_half_a_name(self) -> None:
        found = self.firms(firm("c1", "NDL"))
        assert (found.gold, found.predicted, found.value) == (1, 1, 0.5)

    def test_a_name_that_the_other_side_does_not_know_is_half_wrong(self) -> None:
        found = self.firms(firm("c1", "Subscribe now", tickers=["Nordal", "NDL"]))
        assert found.value == 0.5 + 0.5
        assert f(found) < 1

    def test_names_that_a_reader_tolerates_are_as_good(self) -> None:
        names = {"at": "/companies/0", "names": ["Nordal Steel"]}
        found = self.firms(firm("c1", "Nordal Steel", tickers=["NDL"]), names)
        assert f(found) == 1
        found = self.firms(firm("c1", "Nordal", tickers=["NDL", "Nordal Steel"]), names)
        assert f(found) == 1


class TestLeftOpen:
    def test_an_optional_item_is_neutral_found_or_not(self) -> None:
        second = deal(buyer="c2", terms="low")
        optional = {"at": "/deals/1", "optional": True}
        gold = news(WHOLE, second)
        assert deals(gold, news(WHOLE), optional) == Mass(7, 7, 7, 7, 7)
        assert deals(gold, news(WHOLE, second), optional) == Mass(7, 7, 7, 7, 7)
        # Where something else is made up, too.
        assert deals(gold, news(second, deal(terms="high")), optional) == Mass(gold=7, predicted=1)

    def test_of_what_is_found_of_an_optional_item_the_rest_is_made_up(self) -> None:
        second = deal(buyer="c2", kind="stake", terms="low", amount=1.0)
        optional = {"at": "/deals/1", "optional": True}
        wrong = {**second, "terms": "high", "amount": 9.0, "closing": {"text": "May"}}
        found = score(news(WHOLE, second), news(WHOLE, wrong), optional, threshold=0.2)
        # Right are the buyer and the kind; wrong are terms, the amount (2) and the closing.
        assert found.sections["deals"].mass == Mass(7, 7 + 4, 7, 7, 7)
        assert found.fields["deals.closing"].tally == Tally(spurious=1)
        assert found.fields["deals.amount"].tally == Tally(correct=1, spurious=1)
        assert found.sections["deals"].items.predicted == 1
        # A prediction has no tolerances, but another reader has.
        swapped = Scorer(CompanyNews, threshold=0.2).score(
            labelled(news(WHOLE, wrong)), labelled(news(WHOLE, second), optional), id="d"
        )
        assert swapped.sections["deals"].mass == Mass(7 + 4, 7, 7, 7, 7)

    def test_of_an_optional_record_in_a_list_too(self) -> None:
        optional = {"at": "/deals/0/legs/0", "optional": True}
        legs = [{**WHOLE["legs"][0], "amount": 9.0}, WHOLE["legs"][1]]
        found = deals(news(WHOLE), news({**WHOLE, "legs": legs}), optional)
        assert (found.gold, found.predicted, found.value) == (6, 6.5, 6)

    def test_an_optional_value_is_neutral_and_another_in_its_place_is_wrong(self) -> None:
        optional = {"at": "/deals/0/amount", "optional": True}
        for amount, predicted in ((None, 5), (5.0, 5), (6.0, 7)):
            found = deals(news(WHOLE), news({**WHOLE, "amount": amount}), optional)
            assert (found.gold, found.predicted, found.value) == (5, predicted, 5)

    def test_an_optional_element_of_a_list_is_neutral(self) -> None:
        gold = news({**WHOLE, "sellers": ["c2", "c1"]})
        optional = {"at": "/deals/0/sellers/1", "optional": True}
        for sellers, predicted in ((["c2"], 7), (["c1", "c2"], 7), (["c1"], 6)):
            found = deals(gold, news({**WHOLE, "sellers": sellers}), optional)
            assert (found.gold, found.predicted) == (7, predicted)
            assert found.value == (7 if "c2" in sellers else 6)

    def test_an_optional_record_in_a_list_is_neutral(self) -> None:
        optional = {"at": "/deals/0/legs/0", "optional": True}
        for legs in (WHOLE["legs"], WHOLE["legs"][1:]):
            found = deals(news(WHOLE), news({**WHOLE, "legs": legs}), optional)
            assert (found.gold, found.predicted, found.value) == (6, 6, 6)

    def test_of_what_a_reader_does_not_care_anything_may_be_said(self) -> None:
        free = {"at": "/deals/0/amount", "dont_care": True}
        for amount in (None, 5.0, 6.0):
            found = deals(news(WHOLE), news({**WHOLE, "amount": amount}), free)
            assert (found.gold, found.predicted, found.value) == (5, 5, 5)

    def test_a_type_or_an_anchor_of_which_anything_may_be_said_keeps_nothing_apart(self) -> None:
        free = {"at": "/deals/0/kind", "dont_care": True}
        assert deals(news(WHOLE), news({**WHOLE, "kind": "merger"}), free).value == 6
        gold = news(deal(buyer="c1", terms="low"))
        free = {"at": "/deals/0/buyer", "dont_care": True}
        assert deals(gold, news(deal(buyer="c2", terms="low")), free).value == 1

    def test_an_item_of_which_nothing_is_required_is_still_found(self) -> None:
        gold = news(deal(buyer="c1"))
        free = {"at": "/deals/0/buyer", "optional": True}
        assert deals(gold, gold, free) == Mass()

    def test_alternatives_are_as_good_as_the_label(self) -> None:
        also = {"at": "/deals/0/buyer", "alternatives": ["c2"]}
        assert deals(news(WHOLE), news({**WHOLE, "buyer": "c2"}), also).value == 7

    def test_what_is_as_good_as_null_is_neutral(self) -> None:
        also = {"at": "/deals/0/terms", "alternatives": ["low"]}
        for terms, predicted in ((None, 7), ("low", 7), ("high", 8)):
            found = deals(news(WHOLE), news({**WHOLE, "terms": terms}), also)
            assert (found.gold, found.predicted, found.value) == (7, predicted, 7)

    def test_a_number_within_the_interval_is_right_and_one_beside_it_is_not(self) -> None:
        within = {"at": "/deals/0/amount", "interval": [4, 6]}
        for amount, value in ((4.0, 7), (6.0, 7), (6.5, 5)):
            found = deals(news(WHOLE), news({**WHOLE, "amount": amount}), within)
            assert found.value == value

    def test_facts_decide_over_a_text(self) -> None:
        gold = news({**WHOLE, "terms": "half in cash by May"})
        facts = {"at": "/deals/0/terms", "facts": [{"accept": ["cash"]}, {"accept": ["May"]}]}
        for terms, value in (("cash, due in May", 8), ("cash, due in June", 7.5)):
            assert deals(gold, news({**WHOLE, "terms": terms}), facts).value == value

    def test_what_may_be_earned_or_spared_is_earned(self) -> None:
        firms = [firm("c1", "Nordal", tickers=["N"]), firm("c2", "Osk", tickers=["N"])]
        gold = news(deal(terms="low", sellers=["c1", "c2"]), firms=firms)
        optional = {"at": "/deals/0/sellers/0", "optional": True}
        other = news(deal(terms="low", sellers=["c1"]), firms=[firm("c1", "N")])
        found = deals(gold, other, optional)
        assert (found.gold, found.predicted, found.value) == (2, 2, 2)

    def test_an_item_earns_or_is_spared_by_what_is_best_for_the_document(self) -> None:
        # The prediction is as the optional deal is, and in part as the required one.
        required, optional = deal(buyer="c1", amount=1.0), deal(buyer="c1", amount=2.0, terms="low")
        gold = news(required, optional)
        at = {"at": "/deals/1", "optional": True}
        found = score(gold, news(optional), at, threshold=0.2)
        # Earned: 2 · 3 / (5 + 6). Spared: 2 · 2 / (5 + 2).
        assert f(found.mass) == F(4 / 7)


class TestRegions:
    def test_what_is_found_wholly_in_a_region_counts_neither_way(self) -> None:
        extra = deal(buyer="c2", terms="low", evidence=cite(3))
        gold = labelled(news(WHOLE), regions=((29, 46),))
        found = Scorer(CompanyNews).score(gold, labelled(news(WHOLE, extra)), id="d")
        assert found.sections["deals"].mass == Mass(7, 7, 7, 7, 7)
        extra["evidence"] = cite(2, 3)
        found = Scorer(CompanyNews).score(gold, labelled(news(WHOLE, extra)), id="d")
        assert found.sections["deals"].mass.predicted == 9

    def test_what_cites_there_what_does_not_stand_there_is_made_up(self) -> None:
        made_up = {**cite(3)[0], "quote": "The price is good"}
        extra = deal(buyer="c2", terms="low", evidence=[made_up])
        gold = labelled(news(WHOLE), regions=((29, 46),))
        found = Scorer(CompanyNews).score(gold, labelled(news(WHOLE, extra)), id="d")
        assert found.sections["deals"].mass.predicted == 9
        assert found.sections["deals"].excused == Excused()

    def test_what_counts_neither_way_is_counted_apart(self) -> None:
        extra = deal(buyer="c2", terms="low", evidence=cite(3))
        gold = labelled(news(WHOLE), regions=((29, 46),))
        found = Scorer(CompanyNews).score(gold, labelled(news(WHOLE, extra, extra)), id="d")
        assert found.sections["deals"].excused == Excused(items=2, mass=4)
        assert found.sections["companies"].excused == Excused()

    def test_what_is_right_there_is_earned(self) -> None:
        one = news({**WHOLE, "evidence": cite(3)})
        gold = labelled(one, regions=((29, 46),))
        found = Scorer(CompanyNews).score(gold, labelled(one), id="d")
        assert found.sections["deals"].mass == Mass(7, 7, 7, 7, 7)


class TestReceipts:
    def cited(self, *evidence: Json) -> DocumentScore:
        return score(
            news({**WHOLE, "evidence": cite(1, 2)}), news({**WHOLE, "evidence": list(evidence)})
        )

    def test_a_value_is_grounded_where_a_sentence_is_one_of_the_golds(self) -> None:
        assert self.cited(*cite(2)).sections["deals"].mass == Mass(7, 7, 7, 7, 7)
        assert self.cited(*cite(3)).sections["deals"].mass == Mass(7, 7, 7, 7, 0)

    def test_a_value_is_located_where_every_quote_stands_in_the_article(self) -> None:
        wrong = {**cite(2)[0], "quote": "Osk declines"[:11]}
        assert self.cited(*cite(1), wrong).sections["deals"].mass == Mass(7, 7, 7, 0, 0)

    def test_without_the_article_every_quote_counts_as_found(self) -> None:
        wrong = {**cite(1)[0], "quote": "x" * 16}
        record = CompanyNews.model_validate(news({**WHOLE, "evidence": [wrong]}))
        found = Scorer(CompanyNews).score(Labelled(record), Labelled(record), id="d")
        assert found.sections["deals"].mass.located == 7

    def test_sentences_are_counted_one_by_one_so_that_citing_all_does_not_pay(self) -> None:
        receipts = self.cited(*cite(1, 3)).sections["deals"].receipts
        assert (receipts.gold, receipts.predicted, receipts.right, receipts.found) == (2, 2, 1, 1)
        receipts = self.cited(*cite(1, 2, 3)).sections["deals"].receipts
        assert (receipts.predicted, receipts.right, receipts.found) == (3, 2, 2)

    def test_those_that_stand_there_word_for_word_are_counted(self) -> None:
        wrong = {**cite(2)[0], "quote": "Osk declines"[:11]}
        assert self.cited(*cite(1), wrong).sections["deals"].receipts.verbatim == 1
        assert self.cited(*cite(1, 3)).sections["deals"].receipts.verbatim == 2
        spurious = score(news(), news({**WHOLE, "evidence": [*cite(1), wrong]}))
        assert spurious.sections["deals"].receipts.verbatim == 1

    def test_a_sentence_that_may_be_cited_or_not_counts_on_no_side(self) -> None:
        gold = news({**WHOLE, "evidence": cite(1, 2)})
        waived = {"at": "/deals/0/evidence/1", "optional": True}
        for numbers in ((1,), (1, 2)):
            predicted = news({**WHOLE, "evidence": cite(*numbers)})
            receipts = score(gold, predicted, waived).sections["deals"].receipts
            assert (receipts.gold, receipts.predicted, receipts.right) == (1, 1, 1)

    def test_those_of_items_without_a_counterpart_count_too(self) -> None:
        receipts = score(news(WHOLE), news()).sections["deals"].receipts
        assert (receipts.gold, receipts.predicted, receipts.found) == (1, 0, 0)


class TestCounts:
    def test_verdicts_are_those_of_muc(self) -> None:
        gold = news({**WHOLE, "sellers": ["c1", "c2"], "terms": "low"})
        predicted = news({**WHOLE, "sellers": ["c2"], "amount": 9.0, "follows": "c1", "kind": None})
        fields = score(gold, predicted).fields
        assert fields["deals.buyer"].tally == Tally(correct=1)
        assert fields["deals.sellers"].tally == Tally(correct=1, missing=1)
        assert fields["deals.amount"].tally == Tally(incorrect=1)
        assert fields["deals.follows"].tally == Tally(spurious=1)
        assert fields["deals.kind"].tally == fields["deals.terms"].tally == Tally(missing=1)
        assert fields["deals.legs.means"].tally == Tally(correct=2)

    def test_nulls_are_counted_apart_and_earn_nothing(self) -> None:
        gold = deal(buyer="c1", kind="takeover")
        predicted = deal(buyer="c1", amount=5.0)
        found = score(news(gold), news(predicted))
        nulls = {name: field.nulls for name, field in found.fields.items()}
        both, only_gold, only_predicted = (
            nulls["deals.terms"], nulls["deals.amount"], nulls["deals.kind"],
        )  # fmt: skip
        assert (both.both, both.gold_only, both.predicted_only) == (1, 0, 0)
        assert (only_gold.both, only_gold.gold_only, only_gold.predicted_only) == (0, 1, 0)
        assert (only_predicted.both, only_predicted.predicted_only) == (0, 1)
        assert found.sections["deals"].mass == Mass(2, 3, 1, 1, 1)

    def test_whole_items_are_counted_and_strict_ones_are_equal(self) -> None:
        items = (
            score(news(WHOLE, deal(buyer="c2", terms="low")), news(WHOLE, deal(buyer="c2"), deal()))
            .sections["deals"]
            .items
        )
        assert (items.gold, items.predicted, items.aligned, items.strict) == (2, 3, 2, 1)

    def test_what_is_made_up_stays_in_the_denominator(self) -> None:
        found = deals(news(WHOLE), news(WHOLE, WHOLE))
        assert (found.gold, found.predicted, found.value) == (7, 14, 7)

    def test_a_run_that_failed_is_an_empty_prediction(self) -> None:
        failed, empty = score(news(WHOLE), None), score(news(WHOLE), {})
        assert failed.mass == empty.mass == Mass(gold=9)
        assert failed.sections == empty.sections
        assert (failed.failed, empty.failed) == (True, False)
        assert not score(None, news(WHOLE)).failed

    def test_lists_that_may_be_null_are_empty_then(self) -> None:
        record = Loose.model_validate({"boats": None, "trips": [{"boat": "Tern"}]})
        found = Scorer(Loose).score(Labelled(record, TEXT), Labelled(record, TEXT), id="d")
        assert found.mass == Mass(1, 1, 1, 0, 0)
        record = Loose.model_validate({"boats": [{"name": "Tern", "evidence": None}]})
        found = Scorer(Loose).score(Labelled(record, TEXT), Labelled(record, TEXT), id="d")
        assert found.mass == Mass(1, 1, 1, 0, 0)

    def test_two_empty_records_have_no_mass(self) -> None:
        found = score({}, {})
        assert found.mass == Mass()
        assert not any(field.tally != Tally() for field in found.fields.values())

    def test_equal_things_have_the_same_key_in_any_order(self) -> None:
        found = compare(news(WHOLE), news({**WHOLE, "legs": WHOLE["legs"][::-1]}))
        gold, predicted = found.gold.sections["deals"][0], found.predicted.sections["deals"][0]
        assert gold.key == predicted.key
        assert most_alike(gold, predicted, overlap(gold, predicted)) == 1
