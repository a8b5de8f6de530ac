"""`python -m benchmarks [engine] [compare] [validate]`: measure, print a table for each, and keep it with `--write`."""

from __future__ import annotations

import argparse
import shlex
import sys

from benchmarks import engine, peers, scale, tables

SECTIONS = ("engine", "compare", "validate")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "sections", nargs="*", metavar="|".join(SECTIONS), help="what to measure; all if none is named"
    )
    parser.add_argument(
        "--rounds", type=int, default=engine.Plan.rounds, help="rounds of the engine's benchmark"
    )
    parser.add_argument(
        "--seconds", type=float, default=engine.Plan.seconds, help="the most that a reader takes a round"
    )
    parser.add_argument(
        "--characters", type=int, default=engine.Plan.characters, help="text a round and language"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="READER",
        help="only this reader beside ours (repeat for more)",
    )
    parser.add_argument(
        "--write", action="store_true", help=f"keep the tables in benchmarks/{tables.README.name}"
    )
    asked = parser.parse_args(arguments)
    unknown = sorted({*asked.sections} - {*SECTIONS}) + sorted(
        {*asked.only} - {p.reader for p in peers.PEERS}
    )
    if unknown:
        names = ", ".join(peer.reader for peer in peers.PEERS)
        parser.error(f"{', '.join(unknown)}: choose from {', '.join(SECTIONS)}; readers: {names}")
    plan = engine.Plan(asked.rounds, asked.seconds, asked.characters, only=tuple(asked.only))
    for section in asked.sections or SECTIONS:
        said = [tables.measured_on(shlex.join(["python", "-m", "benchmarks", *arguments]))]
        if section == "engine":
            said.append(engine.report(engine.measure(plan)))
        else:
            said.append(scale.compare_report() if section == "compare" else scale.validate_report())
        text = "\n\n".join(said)
        print(f"\n## {section}\n\n{text}", flush=True)
        if asked.write:
            tables.write(section, text)


if __name__ == "__main__":
    main(sys.argv[1:])
