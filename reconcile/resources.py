"""Where the notebooks, the expectations and the shipped data lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def notebooks_dir() -> Path:
    """The folder of the numbered notebooks that `reconcile run` executes.

    >>> notebooks_dir().is_dir()
    True
    """
    return _resource("notebooks")


def expectations_dir() -> Path:
    """The folder of the Great Expectations suites.

    >>> expectations_dir().is_dir()
    True
    """
    return _resource("expectations")


def data_dir() -> Path:
    """The folder of the shipped digests (`articles/`), outlets (`sources.csv`) and events (`events.yml`).

    >>> data_dir().is_dir()
    True
    """
    return _resource("data")


def _resource(name: str) -> Path:
    """The checkout's own folder, so that an edit there counts at once; else the copy packed into the wheel."""
    in_checkout = _CHECKOUT / name
    if (_CHECKOUT / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    return _PACKAGE / f"_{name}"
