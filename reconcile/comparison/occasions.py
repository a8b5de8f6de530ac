"""Occasions: the classes of kinds of event that outlets give to one event."""

from __future__ import annotations

from functools import lru_cache

from reconcile.rules.files import load_rules


@lru_cache(maxsize=1)
def classes_of_kinds() -> dict[str, str]:
    """The class of each kind of event that has one.

    >>> classes_of_kinds()["shooting"]
    'violence'
    """
    classes = load_rules("occasions.yml")["classes"]
    return {kind: name for name, kinds in classes.items() for kind in kinds}
