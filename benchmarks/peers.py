"""The peers, each in an environment of its own under `.venv-bench/`, in the versions of `constraints.txt`."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ENVIRONMENTS = Path(__file__).resolve().parents[1] / ".venv-bench"
CONSTRAINTS = Path(__file__).with_name("constraints.txt")
INSTALL_SECONDS = 600


@dataclass(frozen=True)
class Peer:
    """A reader of `readers.py`: what pip installs for it ("" for this project itself) and what to know of it."""

    reader: str
    package: str = ""
    note: str = ""
    notes: dict[str, str] = field(default_factory=dict)  # by language

    @property
    def own(self) -> bool:
        return not self.package


@dataclass(frozen=True)
class Prepared:
    """The interpreter that has the peer, or why there is none."""

    python: Path | None
    reason: str = ""


OURS = "reconcile, figures"
PEERS = (
    Peer(OURS, note="numbers and dates: `read`, `scan`, `figures_of`"),
    Peer(
        "reconcile, claims",
        note="`reconcile.extract`: figures with measure, event, speaker, stance and the rest",
    ),
    Peer("Duckling", "pyduckling-native-phihos", "all its dimensions that are figures, an article a call"),
    Peer(
        "quantulum3",
        "quantulum3",
        "without its optional classifier, an article a call",
        {"ar": "has English rules only, with which it reads digits and some signs"},
    ),
    Peer("dateparser", "dateparser", "`search_dates`, dates only, told the language, an article a call"),
    Peer(
        "Recognizers-Text",
        "recognizers-text-suite",
        "its eight recognisers of figures one after another, an article a call",
        {"ar": "what pip installs has no Arabic; with its English rules, which read the digits"},
    ),
    Peer("price-parser", "price-parser", "prices only; a call gives one, so it is called for each sentence"),
)


def prepare(peer: Peer) -> Prepared:
    """Make the peer's environment unless it stands; one that cannot be installed here comes with the reason."""
    if peer.own:
        return Prepared(Path(sys.executable))
    home = ENVIRONMENTS / peer.package
    python = home / "bin" / "python"
    stamp = home / "installed"
    if stamp.exists() and stamp.read_text(encoding="utf8") == _wanted():
        return Prepared(python)
    ENVIRONMENTS.mkdir(exist_ok=True)
    (ENVIRONMENTS / ".gitignore").write_text("*\n", encoding="utf8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    install = ["install", "--quiet", "--no-compile", "-c", str(CONSTRAINTS), peer.package]
    for command in ([sys.executable, "-m", "venv", "--clear", "--without-pip", str(home)], [*pip, *install]):
        ran = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
        if ran.returncode != 0:
            return Prepared(None, f"cannot be installed on this Python: {last_words(ran.stderr)}")
    stamp.write_text(_wanted(), encoding="utf8")
    return Prepared(python)


def _wanted() -> str:
    return f"{sys.version}\n{CONSTRAINTS.read_text(encoding='utf8')}"


def last_words(stderr: str) -> str:
    """The last line of an error output that says something."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
    return lines[-1] if lines else "it said nothing"
