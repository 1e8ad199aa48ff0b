"""What a run costs, by the user's own prices, and when a budget is used up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.completion import CallUsage
from summarizer.errors import ConfigurationError
from summarizer.ledger import Budget, Ledger, Limit
from summarizer.prices import Price, read_prices

FILE = """
currency = "EUR"
[models."m:7b"]
input = 2
cached_input = 0.5
output = 10.0
[models.plain]
input = 1.5
output = 3
"""
PRICE = Price("EUR", 2.0, 0.5, 10.0)


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_price_is_for_a_million_tokens_and_cached_ones_are_a_part_of_the_prompt(
    prices: Path,
) -> None:
    price = read_prices(prices).of("m:7b")
    assert price == PRICE
    assert price.of(1_000_000, 400_000, 100_000) == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 0.1 * 10)


def test_without_a_price_of_their_own_cached_tokens_cost_what_the_others_do(prices: Path) -> None:
    assert read_prices(prices).of("plain") == Price("EUR", 1.5, 1.5, 3.0)


def test_more_cached_tokens_than_there_are_cost_no_more_than_all() -> None:
    assert PRICE.of(1000, 5000, 0) == pytest.approx(1000 * 0.5 / 1e6)


def test_a_model_without_a_price_is_named_with_those_that_have_one(prices: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no price for the model 'm'.*m:7b, plain"):
        read_prices(prices).of("m")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("currency = 'USD'", "has no models"),
        ("[models.m]\ninput = 1\noutput = 1", "doesn't say its currency"),
        ("currency = 'USD'\nmodels = 3", "has no models"),
        ("currency = 'USD'\n[models]\nm = 3", "no table for 'm'"),
        ("currency = 'USD'\n[models.m]\ninput = 1", "no price in output of 'm'"),
        ("currency = 'USD'\n[models.m]\noutput = 1", "no price in input of 'm'"),
        ("currency = 'USD'\n[models.m]\ninput = true\noutput = 1", "no price in input"),
        ("currency = 'USD'\n[models.m]\ninput = -1\noutput = 1", "-1 in input"),
        ("currency = 'USD'\n[models.m]\ninput = nan\noutput = 1", "nan in input"),
        ("currency = 'USD'\n[models.m]\ninput = 1\noutput = 1\ncached = 1", "'cached'.*'m'"),
        ("currency = 'USD'\nmodel = 3\n[models.m]\ninput = 1\noutput = 1", "'model'"),
        ("currency = ", "is not TOML"),
    ],
)
def test_a_price_file_with_a_slip_is_refused(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "prices.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told):
        read_prices(path)


def test_a_price_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read"):
        read_prices(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="is not TOML"):
        read_prices(tmp_path / "bytes.toml")


def test_money_can_only_be_limited_where_there_are_prices() -> None:
    with pytest.raises(ConfigurationError, match="--prices"):
        Ledger(budget=Budget(cost=1.0))


def test_a_ledger_without_prices_has_no_cost() -> None:
    ledger = Ledger()
    ledger.add(CallUsage(calls=2, prompt_tokens=10, completion_tokens=5), failed=False)
    assert (ledger.cost, ledger.tokens, ledger.used_up()) == (None, 15, None)


USAGES = st.builds(
    CallUsage,
    calls=st.integers(0, 5),
    prompt_tokens=st.integers(0, 10_000),
    completion_tokens=st.integers(0, 10_000),
)


@given(st.lists(st.tuples(USAGES, st.booleans())))
def test_a_ledger_is_the_sum_of_what_was_entered(entered: list[tuple[CallUsage, bool]]) -> None:
    ledger = Ledger(PRICE)
    for usage, failed in entered:
        ledger.add(usage, failed=failed)
    assert ledger.spent.calls == sum(usage.calls for usage, _ in entered)
    assert ledger.failed == sum(failed for _, failed in entered)
    assert ledger.ok + ledger.failed == len(entered)
    assert ledger.cost == pytest.approx(
        sum(PRICE.of(u.prompt_tokens, u.cached_tokens, u.completion_tokens) for u, _ in entered)
    )


@pytest.mark.parametrize(
    ("budget", "limit"),
    [
        (Budget(cost=0.003), Limit.COST),
        (Budget(tokens=600), Limit.TOKENS),
        (Budget(failures=2), Limit.FAILURES),
    ],
)
def test_a_budget_is_used_up_when_its_limit_is_reached(budget: Budget, limit: Limit) -> None:
    ledger = Ledger(PRICE, budget)
    # 100 tokens in and 100 out cost 0.0012.
    for before in (None, None if limit is not Limit.FAILURES else Limit.FAILURES, limit):
        ledger.add(CallUsage(calls=1, prompt_tokens=100, completion_tokens=100), failed=True)
        assert ledger.used_up() == before


@pytest.mark.parametrize("budget", [Budget(cost=1.0), Budget(tokens=600)])
def test_a_budget_ends_where_the_endpoint_tells_no_tokens(budget: Budget) -> None:
    ledger = Ledger(PRICE, budget)
    ledger.add(CallUsage(calls=3), failed=True)  # faults bring none
    assert ledger.used_up() is None
    ledger.add(CallUsage(calls=1), failed=False)
    assert ledger.used_up() is Limit.UNKNOWN


def test_one_more_has_room_if_it_is_likely_to_stay_within_the_budget() -> None:
    ledger = Ledger(PRICE, Budget(cost=0.0121, tokens=2500))  # of ten documents, and of twelve
    assert ledger.has_room(100)  # nothing is known yet
    for _ in range(4):
        ledger.add(CallUsage(calls=1, prompt_tokens=100, completion_tokens=100), failed=False)
    assert [ledger.has_room(under_way) for under_way in (0, 5, 6)] == [True, True, False]
    for _ in range(7):
        ledger.add(CallUsage(calls=1, prompt_tokens=100, completion_tokens=100), failed=False)
    assert [ledger.has_room(under_way) for under_way in (0, 1)] == [True, False]


def test_where_tokens_are_not_limited_they_need_not_be_told() -> None:
    ledger = Ledger(PRICE, Budget(failures=1))
    ledger.add(CallUsage(calls=1), failed=False)
    assert ledger.used_up() is None


def test_what_our_own_cache_saved_uses_no_budget() -> None:
    ledger = Ledger(PRICE, Budget(cost=0.0001, tokens=1))
    ledger.add(CallUsage(saved_calls=1, saved_prompt_tokens=10**6), failed=False)
    assert (ledger.cost, ledger.used_up()) == (0.0, None)
