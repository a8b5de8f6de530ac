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
whose cues, coordinated, give this one ("killed or wounded 40"); `context` are words without which the cues are silent
(where some cues are written with a leading "?", only those); `unless` are words beside which all are; `worth` is the
measure of the money that the counted things are worth; the units of `of_unit` tell the measure where no
cue does (a magnitude, degrees of heat). `outcome_of` says of what event such figures are an outcome: a
kind of event (operation, outbreak), or `event` for what events of any kind leave behind; what is no outcome of one
event has none. A domain gives it for all its measures.

A domain with `cumulates: false` holds levels (a price, a rate), which never are running totals.

A user's own domains lie in a folder of theirs, in files of the same form: `own_measures` puts them in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reconcile.errors import InputError, RuleError
from reconcile.rules.files import parse_rules
from reconcile.rules.lexicon import known_languages
from reconcile.schema import KINDS

FOLDER = Path(__file__).with_name("measures")
ROLES = ("counted", "verbs", "does", "acts", "subjects", "stocks", "persons")
# What a number without a noun counts, where a verb takes it: "12 were killed".
BARE_UNIT = "person"
ASKED = "?"  # before a cue: only in the measure's context
TOP_FIELDS = {"domain", "cumulates", "outcome_of", "measures"}
ID = re.compile(r"[a-z][a-z0-9_]*")
FIELDS = {
    "kind",
    "unit",
    "stage",
    "outcome_of",
    "parent",
    "refines",
    "joins",
    "placed",
    "of_unit",
    "over",
    "context",
    "unless",
    "worth",
    "labels",
    "cues",
}


@dataclass(frozen=True)
class Measure:
    """One thing that sources put a number on. `stage` and `parent` order what nests (identified, frozen, seized)."""

    id: str
    domain: str
    source: str
    kind: tuple[str, ...]
    unit: tuple[str, ...]
    stage: str | None
    outcome_of: str | None
    parent: str | None
    refines: str | None
    joins: tuple[str, ...]
    over: tuple[str, ...]
    placed: bool
    of_unit: tuple[str, ...]
    cumulates: bool
    worth: str | None
    context: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    cues: Mapping[str, Mapping[str, tuple[str, ...]]]

    @cached_property
    def asks_of_some(self) -> bool:
        """Whether only the cues written with a "?" ask for the context."""
        return any(w.startswith(ASKED) for roles in self.cues.values() for ws in roles.values() for w in ws)

    def fits(self, kind: str, unit: str | None, noun: str | None = None) -> bool:
        """Whether a figure of this kind, unit and noun can be of this measure; a bare number may count people."""
        if kind == "ratio" and "percentage" in self.kind:
            return True
        if kind not in self.kind:
            return False
        bare = kind == "count" and unit is None and BARE_UNIT in self.unit
        return not self.unit or bare or unit in self.unit or noun in self.unit


@dataclass(frozen=True)
class OwnRules:
    """A user's files of measures as they stand: path, time of change and size of each."""

    files: tuple[tuple[Path, int, int], ...] = ()


NONE = OwnRules()
_IN_FORCE: ContextVar[OwnRules] = ContextVar("own_measures", default=NONE)


@contextmanager
def own_measures(folder: Path | str | None) -> Iterator[None]:
    """Within it, the measures of a user's folder (`*.yml`) stand beside the shipped ones, wherever measures are
    asked for. An empty path changes nothing.

    Raises:
        InputError: there is no such folder, or no `.yml` file in it.
        RuleError: a file breaks the schema; names file, key and mend.
    """
    if folder is None or not str(folder):
        yield
        return
    token = _IN_FORCE.set(_own_rules(Path(folder)))
    try:
        load_measures()
        yield
    finally:
        _IN_FORCE.reset(token)


def rules_in_force() -> OwnRules:
    """What identifies the measures that `load_measures` gives now, to keep what is made from them by."""
    return _IN_FORCE.get()


def load_measures() -> Mapping[str, Measure]:
    """Every measure of the shipped domains, and of the user's own that are in force, by id.

    Raises RuleError, with file and key, for an unknown kind, field, role, language, parent or a repeated id.

    >>> measures = load_measures()
    >>> measures["funds_seized"].parent, measures["people_arrested"].unit
    ('funds_frozen', ('person',))
    """
    return _load(_IN_FORCE.get())


def _own_rules(folder: Path) -> OwnRules:
    mend = "give a folder with a .yml file for each domain of measures"
    if not folder.is_dir():
        raise InputError(str(folder), "there is no such folder of rules", mend)
    files = [(path, path.stat()) for path in sorted(folder.glob("*.yml"))]
    if not files:
        raise InputError(str(folder), "the folder holds no .yml file", mend)
    return OwnRules(tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in files))


@lru_cache(maxsize=8)
def _load(own: OwnRules) -> Mapping[str, Measure]:
    found: dict[str, Measure] = {}
    named = [(path, path.name) for path in sorted(FOLDER.glob("*.yml"))]
    for path, name in (*named, *((path, str(path)) for path, _, _ in own.files)):
        for measure in _domain(path, name):
            if measure.id in found:
                where = f"{name}: {measure.id}"
                what = f"the id is taken by domain '{found[measure.id].domain}'"
                raise RuleError(where, what, "give it another id")
            found[measure.id] = measure
    for measure in found.values():
        for relation in (measure.parent, measure.refines, measure.worth, *measure.joins, *measure.over):
            if relation is not None and relation not in found:
                where = f"{measure.source}: {measure.id}"
                raise RuleError(where, f"'{relation}' is no measure", "name one that the rules hold")
    return MappingProxyType(found)


def _domain(path: Path, name: str) -> Iterator[Measure]:
    try:
        spec = parse_rules(path.read_text(encoding="utf-8-sig"), name)
    except UnicodeDecodeError:
        raise RuleError(name, "is not UTF-8", "save it as UTF-8") from None
    unknown = set(spec) - TOP_FIELDS
    if unknown:
        raise RuleError(
            f"{name}: {min(map(str, unknown))}", "unknown key", f"use {', '.join(sorted(TOP_FIELDS))}"
        )
    measures = _mapping(f"{name}: measures", spec.get("measures"))
    if not measures:
        raise RuleError(f"{name}: measures", "the file holds no measure", "list them by id under `measures:`")
    domain, cumulates = str(spec.get("domain", path.stem)), bool(spec.get("cumulates", True))
    outcome_of = spec.get("outcome_of")
    for one, fields in measures.items():
        where = f"{name}: {one}"
        if not ID.fullmatch(str(one)):
            raise RuleError(
                where, "this is no id of a measure", "write it in small letters, as people_killed"
            )
        given = {"outcome_of": outcome_of, **_mapping(where, fields)}
        yield _measure(where, name, domain, str(one), given, cumulates)


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


def _measure(
    where: str, source: str, domain: str, name: str, fields: Mapping[str, Any], cumulates: bool
) -> Measure:
    unknown = set(fields) - FIELDS
    if unknown:
        raise RuleError(where, f"unknown field {sorted(map(str, unknown))}", f"use {sorted(FIELDS)}")
    kinds = _strings(where, fields.get("kind"))
    if not kinds or not set(kinds) <= set(KINDS):
        raise RuleError(where, f"kind {fields.get('kind')!r} is unknown", f"use one of {', '.join(KINDS)}")
    cues: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, roles in _mapping(f"{where}: cues", fields.get("cues")).items():
        told = f"{where}: cues.{language}"
        _check_keys(told, {language}, known_languages())
        roles = _mapping(told, roles)
        _check_keys(told, set(roles), ROLES)
        cues[language] = {role: _strings(f"{told}.{role}", words) for role, words in roles.items()}
    around = {name: _by_language(where, name, fields) for name in ("context", "unless")}
    labels = _mapping(f"{where}: labels", fields.get("labels"))
    return Measure(
        id=name,
        domain=domain,
        source=source,
        kind=kinds,
        unit=_strings(f"{where}: unit", fields.get("unit")),
        stage=fields.get("stage"),
        outcome_of=fields.get("outcome_of"),
        parent=fields.get("parent"),
        refines=fields.get("refines"),
        joins=_strings(f"{where}: joins", fields.get("joins")),
        over=_strings(f"{where}: over", fields.get("over")),
        placed=bool(fields.get("placed", False)),
        of_unit=_strings(f"{where}: of_unit", fields.get("of_unit")),
        cumulates=cumulates,
        worth=fields.get("worth"),
        context=around["context"],
        unless=around["unless"],
        labels=MappingProxyType({"en": name.replace("_", " "), **{k: str(v) for k, v in labels.items()}}),
        cues=MappingProxyType(cues),
    )


def _by_language(where: str, name: str, fields: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    given = _mapping(f"{where}: {name}", fields.get(name))
    _check_keys(f"{where}: {name}", set(given), known_languages())
    return MappingProxyType({k: _strings(f"{where}: {name}.{k}", v) for k, v in given.items()})


def _check_keys(where: str, given: set[Any], allowed: Sequence[str]) -> None:
    unknown = sorted(map(str, given - set(allowed)))
    if unknown:
        raise RuleError(where, f"'{unknown[0]}' is unknown here", f"use {', '.join(allowed)}")


def _mapping(where: str, given: Any) -> Mapping[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise RuleError(where, "this is no mapping", "write `key: value` lines below it, indented")
    return given


def _strings(where: str, given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    words = given if isinstance(given, list) else [given]
    if any(word is None or isinstance(word, dict | list | bool) or not str(word).strip() for word in words):
        raise RuleError(
            where, f"{given!r} is no list of words", "write [one, two], and quote words like no and on"
        )
    return tuple(map(str, words))
