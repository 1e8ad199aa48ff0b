"""Prompts: versioned template files, the field guide, and the article as data between them.

A template never sees an article. The instructions and the question are rendered without it; the
article is set between them by code: numbered, fenced, and with nothing left in it that a chat
template could take for its own marks.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from summarizer.errors import ConfigurationError
from summarizer.schemas.vocabulary import Vocabulary
from summarizer.wire import Kind, Node, Plan, Size, Slot, asked_slots

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import jinja2

    from summarizer.article import Article
    from summarizer.windows import Window

Message = dict[str, str]
"""A message of a chat: its `role` and its `content`."""

PROMPT = "instructions.v1"
"""The prompt file that every call begins with, whatever it asks for."""

_TAMED = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")"})


def render(name: str, variables: Mapping[str, str]) -> str:
    """The prompt file `name` (such as ``extract.v1``) with its variables filled in.

    Raises:
        ConfigurationError: there is no such file, or it needs variables that were not given,
            all of which are named.
    """
    template, needed = _template(name)
    missing = sorted(needed - set(variables))
    if missing:
        raise ConfigurationError(f"The prompt {name} needs {', '.join(missing)}.")
    return template.render(variables).strip()


@lru_cache
def _template(name: str) -> tuple[jinja2.Template, frozenset[str]]:
    """A prompt file, compiled, and the variables in it."""
    from importlib.resources import files

    import jinja2
    from jinja2 import meta

    folder = files("summarizer").joinpath("prompts")
    try:
        source = folder.joinpath(f"{name}.md").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        known = sorted(file.name.removesuffix(".md") for file in folder.iterdir())
        raise ConfigurationError(
            f"There is no prompt {name}.", hint=f"There are: {', '.join(known)}.", original=error
        ) from None
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text for a model, and no article passes through
    )
    needed = meta.find_undeclared_variables(environment.parse(source))
    return environment.from_string(source), frozenset(needed)


@lru_cache(maxsize=64)
def instructions(plan: Plan, prompt: str, output_language: str | None) -> str:
    """The static part of the prompt: the same for every article, so that servers reuse it."""
    return render(prompt, {"guide": guide(plan), "output_language": output_language or ""})


@lru_cache(maxsize=256)
def question(prompt: str, fields: tuple[str, ...] | None) -> str:
    """The end of the prompt: what this call asks for; None is the whole record."""
    return render(prompt, {"fields": ", ".join(fields)} if fields else {})


def messages(
    article: Article,
    plan: Plan,
    *,
    prompt: str,
    fields: tuple[str, ...] | None = None,
    furniture: Collection[int] = (),
    output_language: str | None = None,
    window: Window | None = None,
) -> list[Message]:
    """What is sent: the static instructions, then the article, then the question `prompt`.

    `plan` is of the whole record, whichever `fields` are asked for, so that the calls for
    different sections share all but their last line. `furniture` is not shown to the model, and
    with a `window`, neither is the rest of the article.
    """
    asked = question(prompt, fields)
    return [
        {"role": "system", "content": instructions(plan, PROMPT, output_language)},
        {"role": "user", "content": f"{numbered(article, furniture, window)}\n\n{asked}"},
    ]


def numbered(
    article: Article, furniture: Collection[int] = (), window: Window | None = None
) -> str:
    """The article as the model sees it: a number before each sentence, a fence around the whole.

    Angle and square brackets become others that no chat template or fence is made of, and each
    sentence is one line, so that text can neither close the fence, nor open a turn, nor forge a
    sentence number. The record doesn't suffer: quotes are cut from the article itself.

    Of a `window`, the sentences keep the numbers that they have in the whole article.
    """
    fence = f"article-{article.sha256[:6]}"
    lines = [f"<{fence}>"]
    if article.title:
        lines.append(f"Title: {tamed(article.title)}")
    if article.published:
        lines.append(f"Published: {article.published.isoformat()}")
    shown = range(1, article.sentence_count + 1)
    if window is not None and window.sentences != shown:
        lines.append(f"Part: sentences {window.first} to {window.last} of {len(shown)}")
        shown = window.sentences
        if window.known:
            lines.append(f"Known from before: {'; '.join(map(tamed, window.known))}")
    lines += [numbered_line(article, number) for number in shown if number not in furniture]
    lines.append(f"</{fence}>")
    return "\n".join(lines)


def numbered_line(article: Article, number: int) -> str:
    """One sentence of an article as the model sees it."""
    return f"[{number}] {_unbracketed(article.line(number))}"


def tamed(text: str) -> str:
    """Text from a stranger, on one line, without what a fence or a chat template is made of."""
    return " ".join(_unbracketed(text).split())


def _unbracketed(text: str) -> str:
    bracketed = "<" in text or ">" in text or "[" in text or "]" in text
    return text.translate(_TAMED) if bracketed else text


@lru_cache(maxsize=64)
def guide(plan: Plan) -> str:
    """The field guide: what the model is asked for, from the schema's own descriptions.

    In the full size it tells the meaning of each value, and an object that is met again is not
    explained again. In the core size values go without: small models do no better with them.
    """
    guide = _Guide(plan.size)
    for slot in asked_slots(plan.root):
        guide.add(slot, "")
    return "\n".join(guide.lines)


class _Guide:
    """The lines of a field guide, and what they have explained so far."""

    def __init__(self, size: Size) -> None:
        self.lines: list[str] = []
        self._full = size is Size.FULL
        self._explained: set[Any] = set()

    def add(self, slot: Slot, indent: str) -> None:
        """Tell of a field, and of those of the object that it holds."""
        listed = slot.node.kind is Kind.LIST
        node = slot.node.item if listed and slot.node.item else slot.node
        bare = node.bare if node.kind is Kind.OBJECT else None
        told = f"{slot.description} {self._values(bare.node if bare else node)}".strip()
        known = self._full and node.annotation in self._explained
        inner = node.kind is Kind.OBJECT and (listed or not bare)
        if inner and known:
            told = f"{told} Fields as above."
        self.lines.append(f"{indent}{slot.wire_name}: {told}".removesuffix(": "))
        if inner and not known:
            self._explained.add(node.annotation)
            for field in asked_slots(node):
                if field.node.kind is not Kind.EVIDENCE:
                    self.add(field, _deeper(indent))

    def _values(self, node: Node) -> str:
        """The values that a field may have; with their meanings, where they are met first."""
        values = [str(value) for value in node.schema.get("enum", ())]
        vocabulary = node.annotation
        if not (self._full and isinstance(vocabulary, type) and issubclass(vocabulary, Vocabulary)):
            return " | ".join(values)
        if vocabulary in self._explained:
            return "Values as above."
        self._explained.add(vocabulary)
        return vocabulary.glossary().replace("\n", "; ")


def _deeper(indent: str) -> str:
    return f"  {indent}" if indent else "- "


@lru_cache(maxsize=256)
def digest(text: str) -> str:
    """A short hash of a text that is the same for many articles, for signatures."""
    return sha256(text.encode()).hexdigest()[:12]
