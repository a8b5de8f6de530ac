"""Tables of the benchmark: as text for a terminal and for the README, where each has its place between two marks."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from pathlib import Path

README = Path(__file__).with_name("README.md")


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table, its columns as wide as they need; the first is words, the others are numbers.

    >>> print(markdown(["what", "size"], [["a", "10"]]))
    | what | size |
    | :--- | ---: |
    | a    |   10 |
    """
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in [head, rule, *rows]
    )


def measured_on(command: str) -> str:
    """When, by which command and on what a table was measured, and how busy the machine was when it began."""
    return (
        f"Measured on {date.today().isoformat()} with `{command}`: Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores; "
        f"{os.getloadavg()[0]:.1f} processes were already running or waiting when it began."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE) if info.exists() else None
    return named[1].strip() if named is not None else platform.processor() or "unknown processor"


def write(section: str, text: str, page: Path = README) -> None:
    """Put a section's text in its place in the README; ValueError if it has none."""
    begin, end = f"<!-- {section}: measured -->", f"<!-- {section}: end -->"
    before, found, rest = page.read_text(encoding="utf8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(
            f"{page.name}: the lines '{begin}' and '{end}' are not there; add them where the table belongs"
        )
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf8")
