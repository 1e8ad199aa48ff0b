from __future__ import annotations

import httpx2
import pytest
from pydantic import BaseModel, ValidationError

from summarizer.errors import EndpointTimeout, EndpointUnreachable
from summarizer.faults import Fault, Place, in_short, redact, secrets_in, translated

PLACE = Place(host="here:1", model="m", timeout=3.0, secrets=("sk-secret-key",))


class Item(BaseModel):
    number: int


class Record(BaseModel):
    items: list[Item]


def caused(cause: BaseException) -> RuntimeError:
    error = RuntimeError("Connection error.")
    error.__cause__ = cause
    return error


def test_failures_of_the_network_are_told_apart() -> None:
    timeout = translated(caused(httpx2.ReadTimeout("slow")), PLACE, ())
    assert isinstance(timeout, EndpointTimeout)
    assert "3 s" in str(timeout)
    unreachable = translated(caused(httpx2.ConnectError("refused, sk-secret-key")), PLACE, ())
    assert isinstance(unreachable, EndpointUnreachable)
    assert "here:1 can't be reached: refused, [key]." in str(unreachable)
    assert isinstance(translated(TimeoutError(), PLACE, ()), EndpointTimeout)


def test_a_bug_stays_what_it_is() -> None:
    bug = KeyError("x")
    assert translated(bug, PLACE, ()) is bug


def test_what_repeats_a_key_is_not_kept_as_the_original() -> None:
    kept = caused(httpx2.ConnectError("refused"))
    assert getattr(translated(kept, PLACE, ()), "original", None) is kept
    telling = RuntimeError("sk-secret-key")
    telling.__cause__ = httpx2.ConnectError("refused")
    assert getattr(translated(telling, PLACE, ()), "original", None) is None
    assert "sk-secret-key" not in repr(PLACE)


def test_what_repeats_an_article_is_not_kept_as_the_original() -> None:
    article = "Veldmark sent two frigates to Port Aru."
    telling = RuntimeError(f"no: {article}")
    telling.__cause__ = httpx2.ConnectError(f"no: {article}")
    told = translated(telling, PLACE, [article])
    assert getattr(told, "original", None) is None
    assert "here:1 can't be reached: no: […]." in str(told)


def test_the_key_and_long_headers_are_secrets() -> None:
    headers = {"X-Team": "blue", "X-Key": "0123456789"}
    assert secrets_in("sk-secret-key", headers) == ("sk-secret-key", "0123456789")
    assert redact("a sk-secret-key b", PLACE.secrets) == "a [key] b"
    assert secrets_in("", {}) == ()


def test_errors_of_validation_are_short_and_without_values() -> None:
    with pytest.raises(ValidationError) as caught:
        Record.model_validate({"items": [{"number": "an article"}] * 20})
    lines = in_short(caught.value).splitlines()
    assert len(lines) == 9
    assert lines[0].startswith("items.0.number: Input should be a valid integer")
    assert lines[-1] == "and 12 more"
    assert "an article" not in in_short(caught.value)


def test_a_fault_says_what_the_endpoint_said() -> None:
    assert Fault(400, {}, {"message": "m", "code": "c", "param": 3}).message == "m"
    assert Fault(400, {}, {"message": "m", "code": "c"}).detail("code") == "c"
    assert Fault(400, {}, {"param": 3}).detail("param") is None
    assert Fault(400, {}, {"detail": [{"loc": "x"}]}).message == '{"detail": [{"loc": "x"}]}'
    assert Fault(500, {}, "<html>").message == "<html>"
    assert Fault(500, {}, None).message == ""
