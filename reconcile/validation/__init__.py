"""Validation: Great Expectations over every table, with failing rows that an analyst can act on.

Importing this package costs nothing; Great Expectations is loaded by the first call of `validate`. Its usage statistics
are switched off here, before any module of this package can load it; the context's own file says the same once more.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from reconcile.startup import import_jsonschema_lightly

if TYPE_CHECKING:
    from reconcile.validation.checkpoint import validate
    from reconcile.validation.result import ValidationResult

os.environ["GX_ANALYTICS_ENABLED"] = "false"

__all__ = ["ValidationResult", "validate"]


def __getattr__(name: str) -> Any:
    """Load Great Expectations only when something of it is asked for."""
    import_jsonschema_lightly()
    if name == "validate":
        from reconcile.validation.checkpoint import validate

        return validate
    if name == "ValidationResult":
        from reconcile.validation.result import ValidationResult

        return ValidationResult
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
