"""What a long article costs: time for each thousand words, memory, and what is lost or doubled.

    python benchmarks/long.py [WORDS…]

Articles of invented parts, each with parties and events of its own and some people who come back
under their surnames, go through the strategy `windows`. The endpoint is scripted, in a process of
its own: it counts tokens as servers do, and answers as a perfect model would that sees no more
than the window it is asked about. So what is measured is the library alone. Each length has a
process of its own, and as many articles as make 20,000 words, after one that only warms up.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import summarizer
from summarizer.testing import Answer, Request, ScriptedEndpoint

WORDS = (1_000, 10_000, 100_000)
CONTEXT = 16_384
"""Tokens that the endpoint says its model takes."""
CHARACTERS_PER_TOKEN = 4
MEASURED = 20_000

SYLLABLES = ("ba", "de", "fi", "go", "hu", "ja", "ke", "li", "mo", "nu", "pa", "re", "si", "to")
MONTHS = ("March", "April", "June", "July", "September", "October")
DEEDS = ("close the strait", "call up its reserves", "lay new mines", "leave the treaty")
PERSON, NAME, ANY = r"[A-Z]\w+ [A-Z]\w+", r"[A-Z]\w+", r".+"
SHAPES = {"one": PERSON, "other": PERSON, "state": NAME, "guest": NAME, "surname": NAME}

# What carries an item. They are written by these patterns, and read by them.
MEETING = "{one}, who spoke for {state}, met {other} of {guest} in {place} on {day}."
RETURN = "The envoy {surname} met {other} of {guest} in {place} on {day}."
STRIKE = "Forces of {state} fired {number} rockets at a depot near {place} on {day}."
VIEW = "{one}, an analyst in {place}, warned that {state} would {deed} by {month}."
MOTIVE = "{state} closed its ports in order to press {guest}."
IDLE = (
    "The talks had lasted {number} hours when the delegates left the old customs house.",
    "Traders said that the market by the river stayed open through the night.",
    "The roads to the coast were wet, and few lorries were seen before noon.",
    "A clerk counted {number} crates on the pier, most of them without a seal.",
    "Nobody at the port would say who had ordered the gates to be shut.",
    "Fishermen spoke of lights at sea, and of engines that stopped towards morning.",
)
NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
KNOWN = re.compile(r"^Known from before: (.*)$", re.MULTILINE)


def reading(pattern: str) -> re.Pattern[str]:
    """The pattern by which a sentence is read that was written by `pattern`."""
    shaped = re.sub(
        r"\\{(\w+)\\}", lambda f: f"(?P<{f[1]}>{SHAPES.get(f[1], ANY)})", re.escape(pattern)
    )
    return re.compile(shaped)


SECTIONS = {
    MEETING: "diplomatic_meetings",
    RETURN: "diplomatic_meetings",
    STRIKE: "military_activities",
    VIEW: "expert_assessments",
    MOTIVE: "claimed_motives",
}
KINDS = {"one": "official", "other": "official", "state": "state", "guest": "state"}


def met(said: dict[str, str]) -> dict[str, Any]:
    """A meeting."""
    return {
        "participants": [said["one"], said["other"]],
        "status": "held",
        "location": {"text": said["place"]},
        "date": said["day"],
    }


def struck(said: dict[str, str]) -> dict[str, Any]:
    """A military activity."""
    return {
        "name": f"strike near {said['place']}",
        "type": "missile_or_artillery_strike",
        "realis": "occurred",
        "actors": [said["state"]],
        "location": {"text": said["place"]},
        "date": said["day"],
    }


def judged(said: dict[str, str]) -> dict[str, Any]:
    """An expert assessment."""
    told = f"{said['state']} will {said['deed']} by {said['month']}"
    return {"assessor": said["one"], "type": "forecast", "proposition": told}


def moved(said: dict[str, str]) -> dict[str, Any]:
    """A claimed motive."""
    return {"motive_of": [said["state"]], "motive": f"to press {said['guest']}"}


ITEMS = {MEETING: met, RETURN: met, STRIKE: struck, VIEW: judged, MOTIVE: moved}
READINGS = {pattern: reading(pattern) for pattern in SECTIONS}


@dataclass
class Story:
    """An article in the making, and what was put into it."""

    chance: random.Random
    paragraphs: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    words: int = 0
    names: int = 0

    @property
    def text(self) -> str:
        """The article."""
        return "\n\n".join(self.paragraphs)

    def name(self, ending: str = "") -> str:
        """A name that nothing else has."""
        self.names += 1
        rest, word = self.names + len(SYLLABLES) ** 2, ""
        while rest:
            rest, digit = divmod(rest, len(SYLLABLES))
            word += SYLLABLES[digit]
        return f"{word}{ending}".capitalize()

    def party(self, *names: str) -> str:
        """A party that is named here first."""
        self.parties.append(" ".join(names))
        return self.parties[-1]

    def say(self, pattern: str, **words: str) -> str:
        """A sentence by a pattern, with numbers, dates and a place of its own."""
        return pattern.format(
            number=self.chance.randint(3, 99),
            day=f"{self.chance.randint(1, 28)} {self.chance.choice(MONTHS)}",
            month=self.chance.choice(MONTHS),
            deed=self.chance.choice(DEEDS),
            place=self.name("ton"),
            **words,
        )

    def person(self) -> str:
        """A person who is named here first."""
        return self.party(self.name("n"), self.name("k"))

    def part(self, envoys: list[str]) -> None:
        """Two paragraphs: a meeting, what came of it, and what is no news."""
        state, guest = (self.party(self.name("land")) for _ in range(2))
        envoy = self.person()
        met = [self.say(MEETING, one=envoy, state=state, other=self.person(), guest=guest)]
        if envoys:
            surname = self.chance.choice(envoys).split()[1]
            met.append(self.say(RETURN, surname=surname, other=self.person(), guest=guest))
        envoys.append(envoy)
        idle = [self.say(pattern) for pattern in self.chance.sample(IDLE, 5)]
        motive = self.say(MOTIVE, state=state, guest=guest)
        news = self.say(STRIKE, state=state), self.say(VIEW, one=self.person(), state=guest)
        for sentences in ([*met, *idle[:2], motive], [*news, *idle[2:]]):
            self.paragraphs.append(" ".join(sentences))
            self.words += len(self.paragraphs[-1].split())


def story(words: int, seed: int) -> Story:
    """An article of so many words, or a part more."""
    made = Story(random.Random(seed))
    envoys: list[str] = []
    while made.words < words:
        made.part(envoys)
    return made


def record(prompt: str) -> dict[str, Any]:
    """What a perfect model writes about the sentences in a prompt."""
    found: dict[str, list[dict[str, Any]]] = {section: [] for section in SECTIONS.values()}
    known = KNOWN.search(prompt)
    full = {name.split()[-1]: name for name in known[1].split("; ")} if known else {}
    parties: dict[str, str] = {}
    for number, sentence in NUMBERED.findall(prompt):
        for pattern, read in READINGS.items():
            told = read.fullmatch(sentence)
            if told is None:
                continue
            said = told.groupdict()
            for word, kind in KINDS.items():
                if word in said:
                    parties[said[word]] = kind
            if "one" in said:
                full[said["one"].split()[-1]] = said["one"]
            if "surname" in said:
                said["one"] = full.get(said["surname"], said["surname"])
                parties[said["one"]] = "official"
            item = ITEMS[pattern](said)
            found[SECTIONS[pattern]].append({**item, "sentences": [int(number)]})
    named = [{"name": name, "kind": kind} for name, kind in parties.items()]
    return {"headline": "News from many ports", "synopsis": [], "parties": named, **found}


def answer(request: Request) -> Answer:
    """The script."""
    return Answer(record(request.prompt))


def count(request: Request) -> dict[str, int]:
    """The endpoint's tokenizer."""
    return {"count": len(request.body["prompt"]) // CHARACTERS_PER_TOKEN + 1}


def serve(line: Connection) -> None:
    """Be the endpoint, until something comes down the line."""
    model = {"id": "scripted", "owned_by": "vllm", "max_model_len": CONTEXT}
    pages = {"/v1/models": {"object": "list", "data": [model]}, "/tokenize": count}
    with ScriptedEndpoint(answer, pages=pages) as endpoint:
        line.send((endpoint.base_url, endpoint.api_key))
        line.recv()


@dataclass(frozen=True)
class Figures:
    """What one length came to, by the article."""

    words: int
    sentences: int
    calls: int
    seconds: float
    """For each 1,000 words."""
    cpu: float
    """Likewise, those of the processor: they don't grow when others use it."""
    peak: float
    """Megabytes, of the whole process."""
    planted: int
    found: int
    twice: int
    """Items of the record that say what another one says."""


def measure(words: int, base_url: str, api_key: str) -> Figures:
    """Summarize articles of so many words."""
    with summarizer.Summarizer(
        model="scripted", base_url=base_url, api_key=api_key, strategy="windows"
    ) as model:
        model.summarize(story(500, 0).text)
        stories = [story(words, seed) for seed in range(1, 1 + max(1, MEASURED // words))]
        texts = [made.text for made in stories]
        begun, worked = time.perf_counter(), time.process_time()
        results = [model.summarize(text) for text in texts]
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    held = [compare(result, made) for result, made in zip(results, stories, strict=True)]
    length = sum(len(text.split()) for text in texts)
    planted, found, twice = (sum(figures) for figures in zip(*held, strict=True))
    return Figures(
        words=length // len(texts),
        sentences=sum(result.article.sentence_count for result in results) // len(texts),
        calls=sum(result.usage.calls for result in results) // len(texts),
        seconds=1000 * seconds / length,
        cpu=1000 * cpu / length,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        planted=planted,
        found=found,
        twice=twice,
    )


def compare(result: summarizer.Result[Any], made: Story) -> tuple[int, int, int]:
    """Items that were planted, those of them that were found, and those found again."""
    expected = record("\n".join(f"[{n}] {text}" for n, text in result.article.numbered()))
    planted = found = items = 0
    for section in SECTIONS.values():
        there = {item["sentences"][0] for item in expected[section]}
        got = [item.evidence[0].sentence for item in getattr(result.summary, section)]
        planted, found, items = (
            planted + len(there),
            found + len(there.intersection(got)),
            items + len(got),
        )
    names = {party.name for party in result.summary.parties}
    planted += len(made.parties)
    found += len(names.intersection(made.parties))
    return planted, found, items + len(result.summary.parties) - found


def main(lengths: list[int]) -> None:
    """Measure and print."""
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    endpoint = processes.Process(target=serve, args=(there,), daemon=True)
    endpoint.start()
    base_url, api_key = here.recv()
    print("                          wall time       time of the processor")
    print(
        "  words sentences calls   s/1,000  ratio     s/1,000  ratio  peak MB   found/planted twice"
    )
    shortest: Figures | None = None
    for words in lengths:
        with ProcessPoolExecutor(1, processes) as process:
            figures = process.submit(measure, words, base_url, api_key).result()
        shortest = shortest or figures
        times = "".join(
            f"{getattr(figures, name):>12.3f}"
            f"{getattr(figures, name) / getattr(shortest, name):>7.2f}"
            for name in ("seconds", "cpu")
        )
        print(
            f"{figures.words:>7}{figures.sentences:>10}{figures.calls:>6}{times}"
            f"{figures.peak:>9.0f}{figures.found:>9}/{figures.planted}{figures.twice:>6}",
            flush=True,
        )
    here.send(None)
    endpoint.join()


if __name__ == "__main__":
    main([int(words) for words in sys.argv[1:]] or list(WORDS))
