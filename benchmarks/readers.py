"""What reads the text in the benchmark: this engine and its peers, each by its own natural call.

Runs as a script in the environment of what it measures, so it needs nothing but Python and that package:
`python -P readers.py NAME LANGUAGE PROCESSES`. Each line on standard input asks for one pass over a file of texts;
each line on standard output is what came of it, in JSON; the first says that the reader is loaded and warm.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

Read = Callable[[list[str]], int]  # some articles to the number of figures found in them

WARM_UP = "On 3 May 2021 the police arrested 12 people and seized $2.5 million. في 3 مايو 2021 اعتقل 12 شخصا."
WARM_UP_PASSES = 3
CLAIMS_BATCH = 20  # articles that `reconcile.extract` gets at once
POOL_BATCH = 4  # articles that a process takes at once
KIB_IN_A_MIB = 1024


def reconcile_figures(language: str) -> Read:
    from reconcile.figures.find import figures_of
    from reconcile.figures.scan import read, scan

    def count(texts: list[str]) -> int:
        found = 0
        for text in texts:
            r = read(text, language)
            found += len(figures_of(r, scan(r), None))
        return found

    return count


def reconcile_claims(language: str) -> Read:
    import polars as pl

    from reconcile import extract

    def count(texts: list[str]) -> int:
        ids = [str(at) for at in range(len(texts))]
        return extract(pl.DataFrame({"article_id": ids, "text": texts})).height

    return count


def duckling(language: str) -> Read:
    import duckling  # type: ignore[import-not-found,import-untyped,unused-ignore]

    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    now = duckling.parse_ref_time(zones, "UTC", int(datetime(2025, 6, 1, tzinfo=UTC).timestamp()))
    tongue = duckling.parse_lang(language.upper())
    context = duckling.Context(
        now, duckling.parse_locale(language.upper(), duckling.default_locale_lang(tongue))
    )
    kinds = [
        "amount-of-money",
        "distance",
        "duration",
        "number",
        "ordinal",
        "quantity",
        "temperature",
        "time",
        "volume",
    ]
    dimensions = duckling.parse_dimensions(kinds)
    return _each(lambda text: len(duckling.parse(text, context, dimensions, False)))


def quantulum3(language: str) -> Read:
    from quantulum3 import parser  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return _each(lambda text: len(parser.parse(text)))


def dateparser(language: str) -> Read:
    from dateparser.search import search_dates  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return _each(lambda text: len(search_dates(text, languages=[language]) or ()))


def recognizers(language: str) -> Read:
    import recognizers_suite as suite  # type: ignore[import-not-found,import-untyped,unused-ignore]

    kinds = ["number", "ordinal", "percentage", "age", "currency", "dimension", "temperature", "datetime"]
    calls = [getattr(suite, f"recognize_{kind}") for kind in kinds]
    return _each(lambda text: sum(len(call(text, suite.Culture.English)) for call in calls))


def price_parser(language: str) -> Read:
    from price_parser import Price  # type: ignore[import-not-found,import-untyped,unused-ignore]

    def prices(text: str) -> int:
        return sum(Price.fromstring(sentence).amount is not None for sentence in text.split(". "))

    return _each(prices)


READERS: dict[str, tuple[str, int, Callable[[str], Read]]] = {
    "reconcile, figures": ("reconcile", 1, reconcile_figures),
    "reconcile, claims": ("reconcile", CLAIMS_BATCH, reconcile_claims),
    "Duckling": ("pyduckling-native-phihos", 1, duckling),
    "quantulum3": ("quantulum3", 1, quantulum3),
    "dateparser": ("dateparser", 1, dateparser),
    "Recognizers-Text": ("recognizers-text-suite", 1, recognizers),
    "price-parser": ("price-parser", 1, price_parser),
}


def _each(count: Callable[[str], int]) -> Read:
    return lambda texts: sum(map(count, texts))


def peak_mib() -> float:
    """The most memory that this process held: since it began its program, where the system tells that."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike getrusage, not counting what the process that started this one held
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / KIB_IN_A_MIB
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_IN_A_MIB


def _batches(texts: list[str], size: int) -> Iterable[list[str]]:
    return (texts[at : at + size] for at in range(0, len(texts), size))


class OneProcess:
    """A reader in this process."""

    def __init__(self, name: str, language: str) -> None:
        _, self._batch, make = READERS[name]
        self._read = _warm(make(language))

    def run(self, texts: list[str], seconds: float) -> dict[str, float]:
        """Read texts one after another until they or the seconds are used up; what was begun is finished."""
        gc.collect()
        characters = found = 0
        wall, cpu = time.monotonic(), time.process_time()
        for batch in _batches(texts, self._batch):
            found += self._read(batch)
            characters += sum(map(len, batch))
            if time.monotonic() > wall + seconds:
                break
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        return {"characters": characters, "found": found, "wall": wall, "cpu": cpu, "peak_mib": peak_mib()}


class ManyProcesses:
    """A reader in so many processes, each loaded and warm before anything is timed."""

    def __init__(self, name: str, language: str, processes: int) -> None:
        self._batch = max(READERS[name][1], POOL_BATCH)
        fork = multiprocessing.get_context("fork")
        ready = fork.Barrier(processes + 1)
        self._pool = fork.Pool(processes, _load, (name, language, ready))
        ready.wait()

    def run(self, texts: list[str], seconds: float) -> dict[str, float]:
        """The same, the texts shared out; no process begins anything after the seconds are used up."""
        wall = time.monotonic()
        work = ((batch, wall + seconds) for batch in _batches(texts, self._batch))
        done = list(self._pool.imap_unordered(_work, work))
        wall = time.monotonic() - wall
        characters, found = sum(each[0] for each in done), sum(each[1] for each in done)
        return {"characters": characters, "found": found, "wall": wall, "cpu": 0.0, "peak_mib": 0.0}


def _warm(read: Read) -> Read:
    for _ in range(WARM_UP_PASSES):
        read([WARM_UP])
    return read


_loaded: list[Read] = []


def _load(name: str, language: str, ready: Any) -> None:
    _loaded.append(_warm(READERS[name][2](language)))
    ready.wait()


def _work(task: tuple[list[str], float]) -> tuple[int, int]:
    texts, deadline = task
    if time.monotonic() > deadline:
        return 0, 0
    return sum(map(len, texts)), _loaded[0](texts)


def main(name: str, language: str, processes: int, answers: TextIO) -> None:
    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    began = time.monotonic()
    reader = OneProcess(name, language) if processes == 1 else ManyProcesses(name, language, processes)
    say({"version": version(READERS[name][0]), "start": time.monotonic() - began})
    for line in sys.stdin:
        asked = json.loads(line)
        texts = json.loads(Path(asked["texts"]).read_text(encoding="utf8"))
        say(reader.run(texts, asked["seconds"]))


if __name__ == "__main__":
    own = os.fdopen(os.dup(1), "w", encoding="utf8")
    os.dup2(2, 1)  # whatever a package prints is no answer
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), own)
