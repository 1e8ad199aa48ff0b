"""Prompts: versioned template files, the field guide, and the article as data between them.

A template never sees an article. It renders the instructions and the question; the article is
set between them by code, numbered, fenced, and with nothing left in it that a chat template
could take for its own marks.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from summarizer.errors import ConfigurationError
from summarizer.wire import Kind, Node, Plan, Size, Slot, asked_slots, is_section

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import jinja2

    from summarizer.article import Article

Message = dict[str, str]

_TABLE = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")"})


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("summarizer", "prompts"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text for a model, and no article passes through
        keep_trailing_newline=False,
    )


def render(name: str, block: str, variables: Mapping[str, str]) -> str:
    """One block of the prompt file `name` (such as ``extract.v1``).

    Raises:
        ConfigurationError: there is no such file, or it needs variables that were not given,
            all of them named.
    """
    import jinja2
    from jinja2 import meta

    environment = _environment()
    try:
        template = environment.get_template(f"{name}.md")
    except jinja2.TemplateNotFound as error:
        known = ", ".join(sorted(file.removesuffix(".md") for file in environment.list_templates()))
        raise ConfigurationError(f"There is no prompt {name}.", hint=f"There are: {known}.") from error
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, f"{name}.md")
    missing = meta.find_undeclared_variables(environment.parse(source)) - set(variables)
    if missing:
        raise ConfigurationError(f"The prompt {name} needs {', '.join(sorted(missing))}.")
    context = template.new_context(dict(variables))
    blocks = template.blocks
    # A child's own blocks win; what it leaves alone is its parent's.
    for parent in _parents(environment, source):
        blocks = {**parent.blocks, **blocks}
    return "".join(blocks[block](context)).strip()


def _parents(environment: jinja2.Environment, source: str) -> list[jinja2.Template]:
    from jinja2 import meta

    names = meta.find_referenced_templates(environment.parse(source))
    return [environment.get_template(name) for name in names if name]


@lru_cache(maxsize=64)
def instructions(plan: Plan, prompt: str, output_language: str | None) -> str:
    """The static part of the prompt: the same for every article, so that servers reuse it."""
    variables = {"guide": guide(plan), "output_language": output_language or "", "fields": ""}
    return render(prompt, "system", variables)


def messages(
    article: Article,
    plan: Plan,
    *,
    prompt: str,
    fields: Collection[str] | None = None,
    furniture: Collection[int] = (),
    output_language: str | None = None,
) -> list[Message]:
    """What is sent: the static instructions, then the article, then the question.

    `plan` is of the whole record, whichever `fields` are asked for, so that the calls for
    different sections share all but their last line. `furniture` is not shown to the model.
    """
    variables = {"guide": "", "output_language": "", "fields": ", ".join(fields or ())}
    question = render(prompt, "question", variables)
    return [
        {"role": "system", "content": instructions(plan, prompt, output_language)},
        {"role": "user", "content": f"{numbered(article, furniture)}\n\n{question}"},
    ]


def numbered(article: Article, furniture: Collection[int] = ()) -> str:
    """The article as the model sees it: a number before each sentence, a fence around the whole.

    Angle and square brackets become others that no chat template or fence is made of, so that
    text can neither close the fence, nor open a turn, nor forge a sentence number. The record
    doesn't suffer: quotes are cut from the article itself.
    """
    fence = f"article-{article.sha256[:6]}"
    lines = [f"<{fence}>"]
    if article.title:
        lines.append(f"Title: {_tame(article.title)}")
    if article.published:
        lines.append(f"Published: {article.published.isoformat()}")
    lines += [f"[{n}] {_tame(text)}" for n, text in article.numbered() if n not in furniture]
    lines.append(f"</{fence}>")
    return "\n".join(lines)


def _tame(text: str) -> str:
    return " ".join(text.translate(_TABLE).split())


@lru_cache(maxsize=64)
def guide(plan: Plan) -> str:
    """The field guide: what the model is asked for, from the schema's own descriptions."""
    lines: list[str] = []
    for slot in asked_slots(plan.root):
        lines.append(f"{slot.wire_name}: {slot.description}".rstrip(": "))
        if is_section(slot) and slot.node.item is not None:
            lines += _lines(slot.node.item, "- ", plan.size)
    return "\n".join(lines)


def _lines(node: Node, indent: str, size: Size) -> list[str]:
    lines: list[str] = []
    for slot in asked_slots(node):
        if slot.node.kind is Kind.EVIDENCE:
            continue
        lines.append(f"{indent}{slot.wire_name}: {_told(slot)}".rstrip(": "))
        inner = slot.node.item if slot.node.kind is Kind.LIST else slot.node
        if inner is not None and inner.kind is Kind.OBJECT and not (inner.bare and inner is slot.node):
            lines += _lines(inner, f"  {indent}", size)
    return lines


def _told(slot: Slot) -> str:
    inner = slot.node.item if slot.node.kind is Kind.LIST and slot.node.item else slot.node
    inner = inner.bare.node if inner.kind is Kind.OBJECT and inner.bare else inner
    values = " | ".join(str(value) for value in inner.schema.get("enum", ()))
    return f"{slot.description} {values}".strip() if values else slot.description


def digest(text: str) -> str:
    """A short hash of a text, for signatures."""
    return sha256(text.encode()).hexdigest()[:12]
