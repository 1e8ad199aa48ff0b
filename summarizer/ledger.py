"""The account of a run: what it cost so far, and which budget is used up."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from summarizer.completion import CallUsage
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.prices import Price


class Limit(StrEnum):
    """The budgets that there are."""

    COST = "max_cost"
    TOKENS = "max_tokens"
    FAILURES = "max_failures"
    UNKNOWN = "usage_unknown"
    """Of cost or tokens, which the endpoint doesn't tell: it might be passed by any amount."""


@dataclass(frozen=True)
class Budget:
    """What a run may use; None is no limit.

    `cost` is in the currency of the price file, `tokens` are of prompts and answers together,
    those that the server had cached included, and `failures` are documents. What was saved by our
    own cache costs nothing and counts nowhere.
    """

    cost: float | None = None
    tokens: int | None = None
    failures: int | None = None


@dataclass
class Ledger:
    """Adds up what documents cost.

    Raises `ConfigurationError` where the budget is of money and no price is known.
    """

    price: Price | None = None
    budget: Budget = Budget()
    spent: CallUsage = field(default_factory=CallUsage)
    ok: int = 0
    failed: int = 0
    told: bool = True
    """Whether the endpoint has told what each document took."""

    def __post_init__(self) -> None:
        if self.budget.cost is not None and self.price is None:
            raise ConfigurationError(
                "A limit on the cost needs prices.", hint="Give a price file with --prices."
            )

    def add(self, usage: CallUsage, *, failed: bool) -> None:
        """Enter one document: what it cost, and whether it failed."""
        self.spent += usage
        if failed:
            self.failed += 1
        else:
            self.ok += 1
            if usage.calls and not usage.prompt_tokens + usage.completion_tokens:
                self.told = False

    def fail_late(self) -> None:
        """A document that was entered as one that didn't fail has failed after all."""
        self.ok -= 1
        self.failed += 1

    @property
    def tokens(self) -> int:
        """Tokens of prompts and answers so far."""
        return self.spent.prompt_tokens + self.spent.completion_tokens

    @property
    def cost(self) -> float | None:
        """The cost so far, in the price's currency; None without a price."""
        if self.price is None:
            return None
        spent = self.spent
        return self.price.of(spent.prompt_tokens, spent.cached_tokens, spent.completion_tokens)

    def has_room(self, under_way: int) -> bool:
        """Whether one more document beside those under way is likely to stay within the budget, by
        what documents cost so far. One alone has room."""
        done, budget, cost = self.ok + self.failed, self.budget, self.cost
        if not done or not under_way:
            return True
        foreseen = 1 + (under_way + 1) / done
        return not (
            (budget.cost is not None and cost is not None and cost * foreseen > budget.cost)
            or (budget.tokens is not None and self.tokens * foreseen > budget.tokens)
        )

    def used_up(self) -> Limit | None:
        """The budget that is used up, if one is."""
        budget, cost = self.budget, self.cost
        if budget.cost is not None and cost is not None and cost >= budget.cost:
            return Limit.COST
        if budget.tokens is not None and self.tokens >= budget.tokens:
            return Limit.TOKENS
        if not self.told and (budget.cost is not None or budget.tokens is not None):
            return Limit.UNKNOWN
        if budget.failures is not None and self.failed >= budget.failures:
            return Limit.FAILURES
        return None
