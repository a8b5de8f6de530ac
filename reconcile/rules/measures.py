"""The measures: what may be counted, one YAML file a domain, checked on load.

A measure's `unit` is what its figures must carry: a unit, a list of units, or null (any unit of its kind).
`cues` are lemmas by language and by the part they play beside the figure:

- counted: the counted thing is the measure ("83 arrests", "12 dead");
- verbs: the figure is the verb's object, or its subject in the passive ("seized $2m", "$2m was seized");
- does: the figure is the verb's subject ("12 people died");
- acts: the figure depends on the noun of the act ("the seizure of $2m");
- subjects: the figure is the value of this thing ("the death toll rose to 12", "inflation of 3 %");
- stocks: what the counted people are called, which decides where no verb does ("hosts 40,000 refugees");
- persons: the same, but not right after some other verb ("represents 14 detainees").

`refines` names a wider measure that gives way where a subject of this one stands in the clause; `joins` names measures
whose cues, coordinated, give this one ("killed or wounded 40"); `context` are words without which the cues are silent.
A domain with `cumulates: false` holds levels (a price, a rate), which never are running totals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reconcile.errors import RuleError
from reconcile.rules.files import parse_rules
from reconcile.schema import KINDS

FOLDER = Path(__file__).with_name("measures")
ROLES = ("counted", "verbs", "does", "acts", "subjects", "stocks", "persons")
# What a number without a noun counts, where a verb takes it: "12 were killed".
BARE_UNIT = "person"
FIELDS = {
    "kind",
    "unit",
    "stage",
    "parent",
    "refines",
    "joins",
    "placed",
    "over",
    "context",
    "labels",
    "cues",
}


@dataclass(frozen=True)
class Measure:
    """One thing that sources put a number on. `stage` and `parent` order what nests (identified, frozen, seized)."""

    id: str
    domain: str
    kind: tuple[str, ...]
    unit: tuple[str, ...]
    stage: str | None
    parent: str | None
    refines: str | None
    joins: tuple[str, ...]
    over: tuple[str, ...]
    placed: bool
    cumulates: bool
    context: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    cues: Mapping[str, Mapping[str, tuple[str, ...]]]

    def fits(self, kind: str, unit: str | None, noun: str | None = None) -> bool:
        """Whether a figure of this kind, unit and noun can be of this measure; a bare number may count people."""
        if kind == "ratio" and "percentage" in self.kind:
            return True
        if kind not in self.kind:
            return False
        bare = kind == "count" and unit is None and BARE_UNIT in self.unit
        return not self.unit or bare or unit in self.unit or noun in self.unit


@lru_cache(maxsize=8)
def load_measures(extra: Path | None = None) -> Mapping[str, Measure]:
    """Every measure of the shipped domains, and of the `*.yml` files of a user's folder, by id.

    Raises RuleError, with file and key, for an unknown kind, field, role, parent or a repeated id.

    >>> measures = load_measures()
    >>> measures["funds_seized"].parent, measures["people_arrested"].unit
    ('funds_frozen', ('person',))
    """
    files = sorted(FOLDER.glob("*.yml")) + ([] if extra is None else sorted(Path(extra).glob("*.yml")))
    found: dict[str, Measure] = {}
    for path in files:
        spec = parse_rules(path.read_text(encoding="utf8"), path.name)
        for name, fields in (spec.get("measures") or {}).items():
            if name in found:
                raise RuleError(
                    path.name, f"measure '{name}' is also in '{found[name].domain}'", "keep one of the two"
                )
            found[name] = _measure(
                path, spec.get("domain", path.stem), name, fields, bool(spec.get("cumulates", True))
            )
    for measure in found.values():
        for relation in (measure.parent, measure.refines, *measure.joins, *measure.over):
            if relation is not None and relation not in found:
                where = f"{measure.domain}.yml: {measure.id}"
                raise RuleError(where, f"'{relation}' is no measure", "name one that the rules hold")
    return MappingProxyType(found)


def ancestors(measure: str, measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """The wider measures that hold this one, the nearest first.

    >>> ancestors("funds_confiscated", load_measures())
    ('funds_seized', 'funds_frozen', 'funds_identified')
    """
    chain: list[str] = []
    at = measures[measure].parent if measure in measures else None
    while at is not None and at not in chain:
        chain.append(at)
        at = measures[at].parent
    return tuple(chain)


def _measure(path: Path, domain: str, name: str, fields: Mapping[str, Any], cumulates: bool) -> Measure:
    where = f"{path.name}: {name}"
    unknown = set(fields) - FIELDS
    if unknown:
        raise RuleError(where, f"unknown field {sorted(unknown)}", f"use {sorted(FIELDS)}")
    kinds = _strings(fields.get("kind"))
    if not kinds or not set(kinds) <= set(KINDS):
        raise RuleError(where, f"kind {fields.get('kind')!r} is unknown", f"use one of {', '.join(KINDS)}")
    cues: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, roles in (fields.get("cues") or {}).items():
        if not set(roles) <= set(ROLES):
            raise RuleError(
                where, f"cues.{language} has {sorted(set(roles) - set(ROLES))}", f"use {', '.join(ROLES)}"
            )
        cues[language] = {role: _strings(words) for role, words in roles.items()}
    return Measure(
        id=name,
        domain=domain,
        kind=kinds,
        unit=_strings(fields.get("unit")),
        stage=fields.get("stage"),
        parent=fields.get("parent"),
        refines=fields.get("refines"),
        joins=_strings(fields.get("joins")),
        over=_strings(fields.get("over")),
        placed=bool(fields.get("placed", False)),
        cumulates=cumulates,
        context=MappingProxyType({k: _strings(v) for k, v in (fields.get("context") or {}).items()}),
        labels=MappingProxyType(dict(fields.get("labels") or {})),
        cues=MappingProxyType(cues),
    )


def _strings(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(str(g) for g in given)
