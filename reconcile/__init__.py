"""Reads the figures of news articles and says which agree, which diverge and which cannot be compared."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reconcile.articles import read_articles
    from reconcile.claims import extract
    from reconcile.comparison.compare import Comparison, compare
    from reconcile.validation import validate

__version__ = "0.1.0"
__all__ = ["Comparison", "__version__", "compare", "extract", "read_articles", "validate"]

# Each public name and the part that holds it; a part is imported when its name is first asked for.
_HOMES = {
    "read_articles": "reconcile.articles",
    "extract": "reconcile.claims",
    "compare": "reconcile.comparison",
    "Comparison": "reconcile.comparison",
    "validate": "reconcile.validation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'reconcile' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
