"""Speed and memory of the engine beside its peers: the same text, in turns, so that noise hits all alike."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Self

from benchmarks.generate import LANGUAGES, articles
from benchmarks.peers import OURS, PEERS, Peer, Prepared, last_words, prepare
from benchmarks.tables import markdown

READERS = Path(__file__).with_name("readers.py")
START_SECONDS = 180
GRACE_SECONDS = 120  # beyond its own limit, for the article that a reader has begun
LANGUAGE_NAMES = {"ar": "Arabic", "en": "English"}
ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Plan:
    """How much to measure: rounds, seconds a reader may take for one pass, characters of text for a pass."""

    rounds: int = 3
    seconds: float = 6.0
    characters: int = 1_000_000
    languages: tuple[str, ...] = LANGUAGES
    only: tuple[str, ...] = ()  # names of readers; empty for all


@dataclass(frozen=True)
class Pass:
    """One reading of one file of texts."""

    characters: int
    found: int
    wall: float
    cpu: float
    peak_mib: float

    @property
    def per_cpu_second(self) -> float:
        return self.characters / max(self.cpu, 1e-9)

    @property
    def per_second(self) -> float:
        return self.characters / max(self.wall, 1e-9)


@dataclass
class Measured:
    """What came of a reader in one language: passes on one thread and on all cores, or why there are none."""

    peer: Peer
    version: str = ""
    start: float = 0.0
    one: list[Pass] = field(default_factory=list)
    many: list[Pass] = field(default_factory=list)
    reason: str = ""


class ReaderError(Exception):
    """A reader that ended or did not answer, with its last words."""


class Worker:
    """A reader in a process of its own, which waits between its turns."""

    def __init__(self, python: Path, reader: str, language: str, processes: int) -> None:
        self._errors = tempfile.TemporaryFile("w+", encoding="utf8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            [str(python), "-P", str(READERS), reader, language, str(processes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env={**os.environ, **ONE_THREAD, "PYTHONWARNINGS": "ignore"},
        )
        self.loaded = self._answer(START_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._errors.close()

    def read(self, texts: Path, seconds: float) -> Pass:
        """One pass; ReaderError if the reader ends or is far over its time."""
        assert self._process.stdin is not None
        try:
            print(json.dumps({"texts": str(texts), "seconds": seconds}), file=self._process.stdin, flush=True)
        except BrokenPipeError as broken:
            raise ReaderError(self._last_words()) from broken
        return Pass(**self._answer(seconds + GRACE_SECONDS))

    def _answer(self, seconds: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._process.stdout, selectors.EVENT_READ)
            if not waiting.select(seconds):
                self._process.kill()
                raise ReaderError(f"gave no answer in {seconds:.0f} seconds")
        line = self._process.stdout.readline()
        if not line:
            raise ReaderError(self._last_words())
        return dict(json.loads(line))

    def _last_words(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        return f"ended: {last_words(self._errors.read())}"


def measure(plan: Plan) -> dict[str, list[Measured]]:
    """Every reader in every language; what is happening goes to standard error."""
    chosen = [peer for peer in PEERS if not plan.only or peer.reader in (*plan.only, OURS)]
    prepared = {peer.reader: prepare(peer) for peer in chosen}
    return {language: _measure(chosen, prepared, language, plan) for language in plan.languages}


def _measure(chosen: list[Peer], prepared: dict[str, Prepared], language: str, plan: Plan) -> list[Measured]:
    results = [Measured(peer, reason=prepared[peer.reader].reason) for peer in chosen]
    with tempfile.TemporaryDirectory() as folder:
        files = list(write_rounds(language, plan, Path(folder)))
        for processes in (1, os.cpu_count() or 1):
            workers = _start(results, prepared, language, processes)
            try:
                _take_turns(results, workers, files, plan.seconds, one=processes == 1)
            finally:
                for worker in workers.values():
                    worker.__exit__()
    return results


def write_rounds(language: str, plan: Plan, folder: Path) -> Iterator[Path]:
    """A file of texts for each round, no sentence in two of them."""
    stream = articles(language, plan.characters * plan.rounds)
    for number in range(plan.rounds):
        texts: list[str] = []
        while sum(map(len, texts)) < plan.characters and (article := next(stream, None)) is not None:
            texts.append(article.text)
        path = folder / f"{number}.json"
        path.write_text(json.dumps(texts), encoding="utf8")
        yield path


def _start(
    results: list[Measured], prepared: dict[str, Prepared], language: str, processes: int
) -> dict[str, Worker]:
    workers: dict[str, Worker] = {}
    for result in results:
        python = prepared[result.peer.reader].python
        if python is None or result.reason:
            continue
        _say(f"{LANGUAGE_NAMES[language]}: loading {result.peer.reader} ({processes})")
        try:
            worker = Worker(python, result.peer.reader, language, processes)
        except ReaderError as failed:
            result.reason = str(failed)
            continue
        workers[result.peer.reader] = worker
        result.version = worker.loaded["version"]
        if processes == 1:
            result.start = worker.loaded["start"]
    return workers


def _take_turns(
    results: list[Measured], workers: dict[str, Worker], files: list[Path], seconds: float, one: bool
) -> None:
    for number, texts in enumerate(files, 1):
        for result in results:
            worker = workers.get(result.peer.reader)
            if worker is None or result.reason:
                continue
            try:
                done = worker.read(texts, seconds)
            except ReaderError as failed:
                result.reason = str(failed)
                continue
            (result.one if one else result.many).append(done)
            speed = done.per_cpu_second if one else done.per_second
            _say(f"  round {number}, {result.peer.reader}: {speed:,.0f} characters a second")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def table(results: list[Measured]) -> str:
    """One language as a table; speeds are the median of the rounds, with the lowest and the highest."""
    head = [
        "reader",
        "characters a CPU second, one thread",
        "times slower than the first",
        "characters a second, all cores",
        "peak memory, MiB",
        "loading, s",
        "characters a round",
        "found per 1,000 characters",
    ]
    ours = next(result for result in results if result.peer.reader == OURS)
    return markdown(head, [_row(result, ours) for result in results])


def _row(result: Measured, ours: Measured) -> list[str]:
    name = f"{result.peer.reader} {result.version}".strip()
    if not result.one:
        return [name, *["—"] * 7]
    found = 1000 * sum(p.found for p in result.one) / sum(p.characters for p in result.one)
    return [
        name,
        spread([p.per_cpu_second for p in result.one]),
        slower(ours.one, result.one),
        spread([p.per_second for p in result.many]),
        f"{max(p.peak_mib for p in result.one):.0f}",
        f"{result.start:.1f}",
        f"{median(p.characters for p in result.one):,.0f}",
        f"{found:.2f}",
    ]


def spread(values: list[float]) -> str:
    """Median, lowest and highest, to three digits.

    >>> spread([1000.0, 1534.0, 98765.0]), spread([])
    ('1,530 (1,000–98,800)', '—')
    """
    if not values:
        return "—"
    return f"{_three_digits(median(values))} ({_three_digits(min(values))}–{_three_digits(max(values))})"


def _three_digits(value: float) -> str:
    return f"{float(f'{value:.3g}'):,.0f}"


def slower(ours: list[Pass], theirs: list[Pass]) -> str:
    """How many times slower, round by round, and of that the median."""
    ratios = [a.per_cpu_second / b.per_cpu_second for a, b in zip(ours, theirs, strict=False)]
    return f"{median(ratios):.3g}" if ratios else "—"


def report(measured: dict[str, list[Measured]]) -> str:
    """The tables of all languages, and beneath them what has to be known of a reader."""
    parts: list[str] = []
    for language, results in measured.items():
        parts += [f"### {LANGUAGE_NAMES[language]}", table(results)]
        notes = [
            f"- {result.peer.reader}: {said}."
            for result in results
            for said in [result.peer.notes.get(language, ""), result.reason]
            if said
        ]
        if notes:
            parts.append("\n".join(notes))
    every = {result.peer.reader: result.peer for results in measured.values() for result in results}
    parts += ["### What each was asked", "\n".join(f"- {p.reader}: {p.note}." for p in every.values())]
    return "\n\n".join(parts)
