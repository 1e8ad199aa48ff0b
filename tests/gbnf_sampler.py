"""A small reader of GBNF grammars: it makes up texts that a grammar lets through.

Written from the notation's description, apart from the writer in the library; what it doesn't
know (tokens, comments, classes by exclusion) the library doesn't write.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

ESCAPES = {"t": "\t", "r": "\r", "n": "\n", "\\": "\\", '"': '"', "[": "[", "]": "]", "-": "-"}
HEXADECIMAL = {"x": 2, "u": 4, "U": 8}
MOST = 2000
"""Repetitions above which llama.cpp takes a number for any number."""


@dataclass(frozen=True)
class Literal:
    """These characters."""

    text: str


@dataclass(frozen=True)
class Class:
    """One character of these ranges, both ends included."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Reference:
    """A rule, by name."""

    name: str


@dataclass(frozen=True)
class Sequence:
    """One after the other."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Choice:
    """One of them."""

    ways: tuple[Expression, ...]


@dataclass(frozen=True)
class Repeat:
    """From `least` to `most` times."""

    part: Expression
    least: int
    most: int


Expression = Literal | Class | Reference | Sequence | Choice | Repeat


class Grammar:
    """The rules of a grammar.

    Raises `ValueError` where the text is no grammar, and where a rule is missing or unused.
    """

    def __init__(self, text: str) -> None:
        self.rules: dict[str, Expression] = {}
        for line in text.split("\n"):
            name, _, body = line.partition(" ::= ")
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) or name in self.rules:
                raise ValueError(f"no rule, or one met before: {line[:60]}")
            self.rules[name] = _Reader(body).all()
        seen: set[str] = set()
        self._visit(Reference("root"), seen)
        if unused := self.rules.keys() - seen:
            raise ValueError(f"rules that nothing leads to: {sorted(unused)}")

    def sample(self, seed: int) -> str:
        """A text that the grammar lets through, at random."""
        return self._sample(self.rules["root"], random.Random(seed))

    def _visit(self, expression: Expression, seen: set[str]) -> None:
        match expression:
            case Reference(name):
                if name not in self.rules:
                    raise ValueError(f"no rule {name}")
                if name not in seen:
                    seen.add(name)
                    self._visit(self.rules[name], seen)
            case Sequence(parts) | Choice(parts):
                for part in parts:
                    self._visit(part, seen)
            case Repeat(part, _, _):
                self._visit(part, seen)
            case Literal() | Class():
                pass

    def _sample(self, expression: Expression, chance: random.Random) -> str:
        match expression:
            case Literal(text):
                return text
            case Class(ranges):
                return chr(chance.randint(*chance.choice(ranges)))
            case Reference(name):
                return self._sample(self.rules[name], chance)
            case Sequence(parts):
                return "".join(self._sample(part, chance) for part in parts)
            case Choice(ways):
                return self._sample(chance.choice(ways), chance)
            case Repeat(part, least, most):
                times = chance.randint(least, most)
                return "".join(self._sample(part, chance) for _ in range(times))


class _Reader:
    """Reads the right of one rule."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def all(self) -> Expression:
        expression = self.choice()
        if self.at != len(self.text):
            raise ValueError(f"unread: {self.text[self.at :][:60]}")
        return expression

    def choice(self) -> Expression:
        ways = [self.sequence()]
        while self.next("|"):
            ways.append(self.sequence())
        return Choice(tuple(ways))

    def sequence(self) -> Expression:
        parts: list[Expression] = []
        while (part := self.part()) is not None:
            parts.append(self.repeated(part))
        return Sequence(tuple(parts))

    def part(self) -> Expression | None:
        if self.next('"'):
            text = ""
            while not self.text.startswith('"', self.at):
                text += self.character()
            self.at += 1
            return Literal(text)
        if self.next("["):
            ranges: list[tuple[int, int]] = []
            while not self.text.startswith("]", self.at):
                first = last = self.character()
                if self.text.startswith("-", self.at):
                    self.at += 1
                    last = self.character()
                if last < first:
                    raise ValueError(f"a range from {first!r} to {last!r}")
                ranges.append((ord(first), ord(last)))
            self.at += 1
            return Class(tuple(ranges))
        if self.next("("):
            inside = self.choice()
            if not self.next(")"):
                raise ValueError("a bracket is not closed")
            return inside
        if name := self.found(r"[A-Za-z0-9-]+"):
            return Reference(name)
        return None

    def repeated(self, part: Expression) -> Expression:
        if self.next("?"):
            return Repeat(part, 0, 1)
        if bounds := self.found(r"\{\d+,\d+\}"):
            least, most = map(int, bounds.strip("{}").split(","))
            if not least <= most < MOST:
                raise ValueError(f"{bounds} repetitions")
            return Repeat(part, least, most)
        return part

    def character(self) -> str:
        """One character of a literal or a class, which may be escaped."""
        character = self.text[self.at : self.at + 1]
        self.at += 1
        if not character:
            raise ValueError("the rule ends in a literal or a class")
        if character != "\\":
            return character
        escaped = self.text[self.at : self.at + 1]
        self.at += 1
        if escaped in HEXADECIMAL:
            digits = self.text[self.at : self.at + HEXADECIMAL[escaped]]
            self.at += len(digits)
            return chr(int(digits, 16))
        if escaped not in ESCAPES:
            raise ValueError(f"unknown escape \\{escaped}")
        return ESCAPES[escaped]

    def next(self, sign: str) -> bool:
        self.found(" *")
        if not self.text.startswith(sign, self.at):
            return False
        self.at += 1
        return True

    def found(self, pattern: str) -> str:
        match = re.compile(pattern).match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()
