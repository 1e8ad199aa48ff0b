from __future__ import annotations

import pickle
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import OPENAI, Secret, origin, resolve
from summarizer.errors import ConfigurationError

KEY = "sk-0123456789abcdef"
OTHER = "sk-fedcba9876543210"
NAMES = ("small-weights",)


def key_of(**given: object) -> str:
    settings = resolve(**given)  # type: ignore[arg-type]  # tests spell the keywords out
    return settings.api_key.get_secret_value()


def test_nothing_set_is_the_embedded_model() -> None:
    settings = resolve(environ={})
    assert settings.embedded
    assert (settings.model, settings.base_url) == (None, None)
    assert set(settings.origins.values()) == {"default"}


def test_a_key_alone_names_no_model_and_sends_nothing_anywhere() -> None:
    assert resolve(environ={"OPENAI_API_KEY": KEY}).embedded
    assert resolve(environ={"SUMMARIZER_API_KEY": KEY}).embedded
    assert not resolve(environ={"OPENAI_API_KEY": KEY}).api_key


def test_a_model_with_an_openai_key_is_openai() -> None:
    settings = resolve(model="gpt-x", environ={"OPENAI_API_KEY": KEY})
    assert settings.base_url == OPENAI
    assert settings.api_key.get_secret_value() == KEY
    assert settings.origins == {
        "model": "argument",
        "base_url": "default",
        "api_key": "OPENAI_API_KEY",
    }


def test_a_model_with_a_key_given_is_openai() -> None:
    settings = resolve(model="gpt-x", api_key=KEY, environ={})
    assert (settings.base_url, settings.origins["api_key"]) == (OPENAI, "argument")


def test_a_model_that_is_nowhere_is_an_error_with_the_way_out() -> None:
    with pytest.raises(ConfigurationError, match="OPENAI_API_KEY"):
        resolve(model="gpt-x", environ={})
    with pytest.raises(ConfigurationError, match="SUMMARIZER_BASE_URL"):
        resolve(model="gpt-x", environ={"SUMMARIZER_API_KEY": KEY})


def test_a_key_given_without_a_model_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match="Name the model"):
        resolve(api_key=KEY, environ={})


@pytest.mark.parametrize("model", ["small-weights", "some/folder/model.gguf", "MODEL.GGUF"])
def test_weights_are_embedded_unless_a_base_url_is_given(model: str) -> None:
    env = {"OPENAI_API_KEY": KEY}
    settings = resolve(model=model, environ=env, embedded_names=NAMES)
    assert settings.embedded
    assert not settings.api_key
    assert resolve(
        model=model, environ={"SUMMARIZER_MODEL": "other"}, embedded_names=NAMES
    ).embedded
    for env, url in (
        ({"SUMMARIZER_BASE_URL": "http://here:1/v1"}, None),
        ({"OPENAI_BASE_URL": "http://here:1/v1"}, None),
        ({}, "http://here:1/v1"),
    ):
        settings = resolve(model=model, base_url=url, environ=env, embedded_names=NAMES)
        assert not settings.embedded
        assert settings.base_url == "http://here:1/v1"


def test_a_base_url_without_a_model_is_left_for_the_caller_to_refuse() -> None:
    settings = resolve(base_url="http://here:1/v1", environ={})
    assert not settings.embedded
    assert settings.model is None


def test_arguments_go_before_own_variables_before_openais() -> None:
    env = {
        "SUMMARIZER_MODEL": "own",
        "SUMMARIZER_BASE_URL": "http://own/v1",
        "SUMMARIZER_API_KEY": KEY,
        "OPENAI_BASE_URL": "http://open/v1",
        "OPENAI_API_KEY": OTHER,
    }
    settings = resolve(model="m", base_url="http://arg/v1", api_key="given", environ=env)
    assert (settings.model, settings.base_url) == ("m", "http://arg/v1")
    assert settings.api_key == Secret("given")
    settings = resolve(environ=env)
    assert (settings.model, settings.base_url) == ("own", "http://own/v1")
    assert settings.api_key == Secret(KEY)
    assert settings.origins == {
        "model": "SUMMARIZER_MODEL",
        "base_url": "SUMMARIZER_BASE_URL",
        "api_key": "SUMMARIZER_API_KEY",
    }


def test_empty_variables_are_not_set() -> None:
    env = dict.fromkeys(["SUMMARIZER_MODEL", "SUMMARIZER_BASE_URL", "OPENAI_BASE_URL"], "")
    assert resolve(environ=env).embedded


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_BASE_URL", "http://own/v1")
    assert resolve(model="m").base_url == "http://own/v1"


HOSTS = ("https://a.example/v1", "https://b.example/v1", "http://a.example/v1", OPENAI)


@pytest.mark.parametrize(("own", "openai", "asked"), [*product((*HOSTS, ""), (*HOSTS, ""), HOSTS)])
def test_a_key_from_the_environment_goes_to_its_own_host_only(
    own: str, openai: str, asked: str
) -> None:
    env = {
        "SUMMARIZER_BASE_URL": own,
        "SUMMARIZER_API_KEY": KEY,
        "OPENAI_BASE_URL": openai,
        "OPENAI_API_KEY": OTHER,
    }
    expected = KEY if asked == own else OTHER if asked == (openai or OPENAI) else ""
    assert key_of(model="m", base_url=asked, environ=env) == expected


def test_the_port_and_the_scheme_are_part_of_the_host() -> None:
    env = {"SUMMARIZER_BASE_URL": "http://a.example:8000/v1", "SUMMARIZER_API_KEY": KEY}
    assert key_of(model="m", base_url="http://A.example:8000/other", environ=env) == KEY
    for elsewhere in ("http://a.example:8001/v1", "https://a.example:8000/v1", "http://a.example"):
        assert key_of(model="m", base_url=elsewhere, environ=env) == ""


def test_a_host_that_only_begins_alike_is_another() -> None:
    env = {"OPENAI_API_KEY": KEY}
    for url in ("https://api.openai.com.example/v1", "https://example/api.openai.com/v1"):
        assert key_of(model="m", base_url=url, environ=env) == ""
    assert key_of(model="m", base_url="https://API.openai.com:443/v1", environ=env) == KEY


@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{KEY}@a.example/v1",
        f"https://{KEY}@a.example/v1",
        f"https://a.example/v1?key={KEY}",
        f"ftp://a.example/{KEY}",
        f"a.example/{KEY}",
        f"http:///{KEY}",
        f"http://a.example:port/{KEY}",
        f"http://a. example/{KEY}",
        f"http://[::1/{KEY}",
    ],
)
def test_a_base_url_that_can_not_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        resolve(model="m", base_url=url, environ={})
    assert KEY not in f"{caught.value!r} {caught.value}"


@pytest.mark.parametrize("key", [KEY + "\n", "sk-ключ" + KEY, f'"{KEY} "', KEY + "\r\nX-Other: 1"])
def test_a_key_that_no_header_can_hold_is_refused_without_showing_it(key: str) -> None:
    for way in ({"api_key": key, "environ": {}}, {"environ": {"OPENAI_API_KEY": key}}):
        with pytest.raises(ConfigurationError) as caught:
            key_of(model="m", **way)
        assert KEY not in f"{caught.value!r} {caught.value}"


def test_an_unused_broken_variable_does_no_harm() -> None:
    env = {"SUMMARIZER_API_KEY": "a\nb", "OPENAI_BASE_URL": "nonsense"}
    assert key_of(model="m", base_url="http://here/v1", environ=env) == ""


def test_a_key_shows_itself_only_when_asked() -> None:
    settings = resolve(model="m", api_key=KEY, environ={})
    shown = f"{settings!r} {settings} {settings.api_key!r} {settings.api_key} {settings.api_key:}"
    assert KEY not in shown
    assert settings.api_key.get_secret_value() == KEY
    assert pickle.loads(pickle.dumps(settings)) == settings


@given(st.text(max_size=40))
def test_any_text_is_a_base_url_or_a_configuration_error(url: str) -> None:
    try:
        scheme, host, port = origin(url)
    except ConfigurationError:
        return
    assert scheme in ("http", "https")
    assert host == host.lower()
    assert port >= 0
