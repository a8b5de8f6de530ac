"""Which money a bare name or sign means in an article: by the moneys, countries and cities that the article names."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from reconcile.figures.money import countries_of
from reconcile.rules.cities import gazetteer, rivals
from reconcile.rules.files import load_rules
from reconcile.rules.reader import Reader
from reconcile.text.passage import HYPHENS

LONGEST_CITY = 3  # words
DATELINE = 6  # tokens from the beginning of a line to the mark that closes its place
DATELINE_MARKS = ":-\u2013\u2014(/,\u060c"
VOTES = (
    2  # of the three kinds of evidence: the first country, the most named one, and the one of the sentence
)
AMERICA = "US"


@dataclass
class Evidence:
    """What a passage says of its money: the codes that it spells out, and where it names which country."""

    reader: Reader
    spelled: frozenset[str]

    @cached_property
    def countries(self) -> list[tuple[int, str]]:
        """Tokens with the country that each names, places that only say where a firm sits left out."""
        r = self.reader
        named: list[tuple[int, str]] = []
        for k, senses in enumerate(r.senses[: r.n]):
            sense = (senses.get("country") or senses.get("nationality")) if senses else None
            if sense is None or (r.is_symbol(k + sense.length, HYPHENS) and r.glued(k + sense.length)):
                continue
            named.append((k, str(sense.value)))
        return named

    @cached_property
    def places(self) -> list[tuple[int, str]]:
        """The same with the large cities, and with the regions and institutions that only one country has (wilaya), in
        the order of the text."""
        return sorted({*self.told, *_cities(self.reader)})

    @cached_property
    def told(self) -> list[tuple[int, str]]:
        """The countries, and the regions and institutions that only one country has, in the order of the text."""
        senses = self.reader.senses[: self.reader.n]
        inside = ((k, str(here["within"].value)) for k, here in enumerate(senses) if "within" in here)
        return sorted({*self.countries, *inside})


def settle_money(
    candidates: Sequence[str], at: int, evidence: Evidence
) -> tuple[str | None, tuple[str, ...]]:
    """The code that the article decides on for a figure at token `at`, and the candidates that it leaves.

    A candidate that the article spells out elsewhere wins. A name of money that several countries share means the one
    whose country, or a city of it, the article names alone, or by two of three: first, most often, in the same
    sentence. The dollar sign has a rule of its own.
    """
    spelled = [c for c in candidates if c in evidence.spelled]
    if len(spelled) == 1:
        return spelled[0], ()
    main = tuple(load_rules("currencies.yml").get("main_dollars") or ())
    if candidates[:1] == ("USD",) and len(candidates) > 2:
        return _settle_dollar([c for c in candidates if c in main], candidates, evidence)
    home = {country: code for code in reversed(candidates) for country in countries_of(code)}
    named = [(k, home[country]) for k, country in evidence.places if country in home]
    fitting = list(dict.fromkeys(code for _, code in named))
    if len(fitting) == 1:
        return fitting[0], ()
    if fitting:
        low, high = _sentence(evidence.reader, at)
        votes = Counter([fitting[0], *_top(code for _, code in named)])
        votes.update(_top([*dict.fromkeys(code for k, code in named if low <= k < high)]))
        code, most = votes.most_common(1)[0]
        if most >= VOTES:
            return code, ()
    return None, tuple(fitting) + tuple(c for c in candidates if c not in fitting)


def _settle_dollar(
    main: Sequence[str], candidates: Sequence[str], evidence: Evidence
) -> tuple[str | None, tuple[str, ...]]:
    """Whose dollar a bare sign is: the American one, unless the article is about another dollar's country.

    That is so where no country is named as often as it, and no money of another country; where America is named beside
    it, nothing decides. A snippet of a few words that names no country decides nothing either.
    """
    home = {country: code for code in reversed(main) for country in countries_of(code)}
    counts = Counter(country for _, country in evidence.told)
    others = {c: n for c, n in counts.items() if c in home and home[c] != "USD"}
    long_enough = evidence.reader.n >= int(load_rules("currencies.yml").get("dollar_settled_from_tokens", 0))
    if not others:
        return ("USD", ()) if counts or long_enough else (None, tuple(candidates))
    top = _top(country for _, country in evidence.told)
    local = [c for c in top if c in others]
    if local and AMERICA not in counts:
        return home[local[0]], ()
    beside = counts[AMERICA] > 0 and max(others.values()) >= counts[AMERICA]
    if beside or (not top and not evidence.spelled):
        fitting = [home[c] for c in counts if c in home]
        return None, (*dict.fromkeys(fitting), *(c for c in candidates if c not in fitting))
    return "USD", ()


def _top(found: Iterable[str]) -> list[str]:
    """What is found more often than anything else, if there is one such."""
    ranked = Counter(found).most_common(2)
    return [ranked[0][0]] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else []


def _sentence(r: Reader, at: int) -> tuple[int, int]:
    """The first token of the sentence of token `at`, and the one after its last."""
    text = r.passage
    start, end = text.sentences[text.sentence_index(text.starts[at])]
    return bisect_left(text.starts, start), bisect_left(text.starts, end)


def _cities(r: Reader) -> Iterator[tuple[int, str]]:
    """Large cities that the rules know as no other word: capitalised, or by the words before or the mark after them."""
    barred, cues = _city_words(r.lexicon.language)
    for k in range(r.n):
        if not r.is_word(k) or not _may_be_city(r, k, cues):
            continue
        for last in range(min(k + LONGEST_CITY, r.n) - 1, k - 1, -1):
            name = " ".join(r.keys[k : last + 1])
            country = None if name in barred else _country_of_city(name)
            if country is not None:
                yield k, country
                break


@cache
def _city_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """What is no city, and the words after which one may stand."""
    words = load_rules(f"context/{language}.yml")
    cues = (*words.get("city_cues", ()), *words.get("city_words", ()))
    return frozenset(words.get("not_cities") or ()), frozenset(str(w).removeprefix("=") for w in cues)


def _may_be_city(r: Reader, k: int, cues: frozenset[str]) -> bool:
    begins = r.is_break(k - 1) or k == 0
    dateline = begins and any(r.is_symbol(t, DATELINE_MARKS) for t in range(k + 1, k + DATELINE))
    if r.rules["script"] == "latin":
        return r.capitalised(k) and (dateline or not begins) and not r.has_any(k, "month", "weekday", "stop")
    return dateline or (r.is_word(k - 1) and r.keys[k - 1] in cues and not r.senses[k])


def _country_of_city(name: str) -> str | None:
    """The country of the city of a name, if it is large and no namesake comes near it."""
    known = rivals(gazetteer().get(name, ()))
    least = int(load_rules("currencies.yml").get("least_people_of_a_telling_city", 0))
    if not known or known[0].population < least:
        return None
    return known[0].country if len({city.country for city in known}) == 1 else None
