"""Everything that is measured on labelled text, as `make evaluate` prints it: `python -m tests.evaluate [--write]`.

`--write` keeps it in `corpus/EVALUATION.md`, below what the first runs gave, which nobody changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests import evaluate_context, evaluate_reports

KEPT = Path(__file__).with_name("corpus") / "EVALUATION.md"
BELOW = "<!-- below: written by make evaluate ARGS=--write -->\n"


def sections() -> Iterator[str]:
    """The tables, each with its heading."""
    of_reports = evaluate_reports.table_of_reports(sorted(evaluate_reports.REPORTS.glob("*.yml")))
    yield f"## Whole reports\n\n{of_reports}\n"
    of_pairs = evaluate_reports.table_of_pairs(sorted(evaluate_reports.OCCASIONS.glob("*.yml")))
    yield f"## Pairs of reports\n\n{of_pairs}\n"
    for language in evaluate_context.LANGUAGES:
        paths = evaluate_context.files_of(language)
        count = sum(1 for _ in evaluate_context.rows(paths))
        told = evaluate_context.table(evaluate_context.score(paths))
        yield f"## Labelled sentences, {language} ({count})\n\n{told}\n"


def main(arguments: list[str]) -> int:
    """Print the tables, and keep them if asked to."""
    text = "\n".join(sections())
    print(text)
    if "--write" in arguments:
        first_runs = KEPT.read_text(encoding="utf8").partition(BELOW)[0]
        KEPT.write_text(f"{first_runs}{BELOW}\n{text}", encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
