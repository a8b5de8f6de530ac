"""Sources that no rule knows: the noun phrase beside a verb of saying, as the text writes it.

Where capitals mark names, a source is a run of capitalised words with the small words inside it, or what is said to
be of such a run ("the governor of Antioquia province"). Where they do not, it is a noun of an office or a house with
what defines it, or any phrase that stands right between the verb and what is said. A short form met later ("the
EFCC", "Nkosi", "the company") stands for the long one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from reconcile.context.bodies import APOSTROPHES
from reconcile.context.lexicon import Mark
from reconcile.context.names import Mention, Mentions
from reconcile.context.scene import (
    FUNCTION_GROUPS,
    Scene,
    Sentence,
)
from reconcile.text.passage import CLOSING_QUOTES, EITHER_QUOTES, OPENING_QUOTES, SYMBOL

QUOTES = OPENING_QUOTES | CLOSING_QUOTES | EITHER_QUOTES
ASIDE_LENGTH = 20
BRACKET_LENGTH = 6
LONGEST_SOURCE = 7
LONGEST_PROPER = 4
LONGEST_PLACE = 6
HOUSES = frozenset({"organisation", "agency", "ministry", "website", "group", "police"})
LEADING = (*FUNCTION_GROUPS, "name_joiners", "resets")
PLACES = frozenset({"country", "people", "government"})


class SourceReader:
    """Names the unknown sources of a scene."""

    def __init__(self, scene: Scene, mentions: Mentions) -> None:
        self.scene = scene
        self.mentions = mentions
        self.short: dict[str, str] = {}
        self.cased = bool(scene.lexicon.participle_endings)

    # ---- what stands before a verb

    def subject_end(self, mark: Mark, sentence: Sentence) -> int:
        """The last token of the subject before a verb, past auxiliaries, dates, brackets and asides between commas."""
        scene, at = self.scene, mark.first - 1
        while at > sentence.first:
            if self._fills(at):
                at -= 1
                continue
            begin = self._bracket(at, sentence.first) if self.cased else None
            begin = self._aside(at, sentence.first) if begin is None and scene.is_soft(at) else begin
            if begin is None:
                at -= self.cased and scene.is_soft(at) and self._is_apposed_name(at - 1, sentence.first)
                break
            at = begin - 1
        return self._past_place(at, sentence) if self.cased else at

    def _past_place(self, end: int, sentence: Sentence) -> int:
        """Before where people or a house are ("rescue workers in Derna"), if that is nobody who speaks."""
        scene, at = self.scene, end
        while (
            at > sentence.first
            and end - at < LONGEST_PLACE
            and not self._is_located(at)
            and scene.is_word(at)
        ):
            at -= 1
        at -= scene.has(at, "determiners") and not scene.has(at, "locatives")
        if not self._is_located(at):
            return end
        people = at - 1
        groups = ("collective_speakers", "bare_titles", "say.sources")
        held = any(m.cue.group in groups for m in scene.ending.get(people, ()))
        over = [
            m
            for t in range(people, end + 1)
            if (m := self.mentions.around(t)) is not None and m.last > people
        ]
        named = any(m.entity.kind not in PLACES for m in over)
        return people if held and not named else end

    def _fills(self, token: int) -> bool:
        scene = self.scene
        dated = token in scene.figure_at and scene.figures[scene.figure_at[token]].kind == "date"
        if dated:
            return self.cased
        if scene.has(token, "perfect_auxiliaries", "passive_auxiliaries", "after_participle"):
            return True
        if scene.has(token, "locatives") and self.cased:
            after = token + 1
            dated = after in scene.figure_at and scene.figures[scene.figure_at[after]].kind == "date"
            return dated or scene.has(after, "after_participle")
        return scene.has(token, "hedges") and not scene.has(token, "determiners", "measure.counted")

    def _bracket(self, last: int, low: int) -> int | None:
        keys = self.scene.passage.keys
        if keys[last] != ")":
            return None
        return next(
            (t for t in range(last - 1, max(low, last - BRACKET_LENGTH) - 1, -1) if keys[t] == "("), None
        )

    def _aside(self, last: int, low: int) -> int | None:
        """The comma that opens an aside closed by the comma at `last` ("…, which …," or "…, quoted by AFP,")."""
        scene = self.scene
        for token in range(last - 1, max(low, last - ASIDE_LENGTH) - 1, -1):
            if scene.is_hard(token):
                return None
            if scene.is_soft(token):
                opens = scene.has(token + 1, "relatives", "say.relay")
                role = range(token + 1, min(token + LONGEST_PROPER, last))
                held = self.cased and any(scene.has(t, "titles", "bare_titles") for t in role)
                return (
                    token
                    if opens or held and not self._capital(token + 1) and self._capital(token - 1)
                    else None
                )
        return None

    def _is_apposed_name(self, last: int, low: int) -> bool:
        """A name of two words or more between commas, after the office of who bears it."""
        first = self._run_before(last, low)
        return first is not None and first < last and first > low and self.scene.is_soft(first - 1)

    def before(self, end: int, sentence: Sentence) -> str | None:
        """The source that ends at a token: a run of capitals, an office of one, or a house with what defines it."""
        scene, last = self.scene, end
        if not self._capital(end):
            if end <= sentence.first or not scene.has(end, "say.sources"):
                return None
            if not self._capital(end - 1):
                return self._house(end, sentence.first)
            last = end - 1
        low = self._run_before(last, sentence.first)
        if low is None or low > sentence.first and self._is_located(low - 1):
            return None
        if low == last == sentence.first and last < end:
            return None
        run = self._without_titles(range(low, last + 1))
        if not run or self._is_place(run) or run.start > sentence.first and self._is_located(run.start - 1):
            return None if last == end else self._house(end, sentence.first)
        head = self._office(sentence.first - 1, run.start)
        if head is not None:
            return scene.passage.written(head, end)
        if run.start > sentence.first and scene.has(run.start - 1, "soft_links", "belonging"):
            return None
        if len(run) == 1 and last == end and not self._is_name(run[0], sentence):
            return None
        return self._named(range(run.start, end + 1), end)

    def widened(self, body: Mention, end: int, sentence: Sentence) -> str | None:
        """A body with the capitalised words that tell it apart from the country's ("Provincial … Authority")."""
        before = body.first - 1
        if (
            body.entity.kind != "body"
            or not self.cased
            or before < sentence.first
            or not self._capital(before)
        ):
            return None
        apart = not self.scene.has(before, *LEADING) and self.mentions.around(before) is None
        return self.before(end, sentence) if apart and self._capital(body.last) else None

    def _house(self, end: int, low: int) -> str | None:
        """A house in plain words with what tells it apart, under its country's name if one owns it."""
        scene, keys = self.scene, self.scene.passage.keys
        first = end
        while first - 1 >= low and end - first < LONGEST_PROPER and self._defines(first - 1):
            first -= 1
        named = self._run_before(first - 1, low) if first > low + 1 else None
        if named is not None and named > low and not self._is_place(range(named, first)):
            return scene.passage.written(named, end)
        owner = self.mentions.around(first - 1) if first > low else None
        if owner is None and first - 3 >= low and keys[first - 2] in APOSTROPHES:
            owner = self.mentions.around(first - 3)
            holder = self._run_before(first - 3, low) if owner is None else None
            if holder is not None:
                return scene.passage.written(self._without_titles(range(holder, first - 2)).start, end)
        words = scene.passage.written(first, end)
        if owner is not None and owner.entity.kind in ("country", "people"):
            return f"{owner.entity.name} {words}"
        article = first > low and scene.has(first - 1, "determiners")
        return words if first < end and article else None

    def _defines(self, token: int) -> bool:
        scene = self.scene
        if scene.passage.keys[token - 1] in APOSTROPHES:
            return False
        plain = scene.is_word(token) and not self._capital(token) and not scene.is_function_word(token)
        return (
            plain
            and not scene.has(token, "resets", "say.verbs", "say.unnamed")
            and self.mentions.around(token) is None
        )

    def _is_located(self, token: int) -> bool:
        plain = self.scene.has(token, "determiners") and not self.scene.has(token, "locatives")
        before = token - 1 if plain else token
        return self.scene.has(before, "locatives") and not self.scene.has(before, "name_joiners")

    def opening(self, sentence: Sentence) -> str | None:
        """The source whose name of two words or more opens a sentence."""
        scene = self.scene
        first = sentence.first + scene.has(sentence.first, "determiners")
        if not self.cased or not self._capital(first):
            return None
        run = self._without_titles(range(first, self._run_after(first, sentence.last) + 1))
        return self._named(run, run.stop - 1) if len(run) > 1 and not self._is_place(run) else None

    def _run_before(self, end: int, low: int) -> int | None:
        first: int | None = None
        at = end
        while at >= low and end - at < 2 * LONGEST_SOURCE:
            if self._capital(at):
                first = at
            elif first is None or not self._joins(at, low):
                break
            at -= 1
        return first

    def _joins(self, token: int, low: int) -> bool:
        """A small word, a hyphen or an apostrophe inside a name."""
        scene, key = self.scene, self.scene.passage.keys[token]
        if scene.passage.kinds[token] == SYMBOL:
            glued = token > low and scene.passage.ends[token - 1] == scene.passage.starts[token]
            return key in "-&." and glued
        before = token - 1
        if before < low or not scene.has(token, "name_joiners"):
            return False
        if scene.has(token, "coordinators"):
            return self._capital(before) and self._is_compound(before, low)
        return self._capital(before) or scene.has(before, "name_joiners")

    def _is_compound(self, token: int, low: int) -> bool:
        """Whether "and" after a token joins words of one name: an article or "of" opens the run before it."""
        while token >= low and self._capital(token):
            token -= 1
        return token >= low and self.scene.has(token, "name_joiners", "determiners")

    def _capital(self, token: int) -> bool:
        scene, passage = self.scene, self.scene.passage
        return (
            scene.is_word(token)
            and passage.text[passage.starts[token]].isupper()
            and token not in scene.figure_at
        )

    def _without_titles(self, run: range) -> range:
        """A run from the name on: past articles and small words, and past a person's titles."""
        scene = self.scene
        first = run.start
        while first < run.stop and scene.has(first, *LEADING) and scene.is_word(first):
            if scene.passage.keys[min(first + 1, run.stop - 1)] == "-":
                break
            first += 1
        houses = any(
            m.cue.name in HOUSES and not scene.has(t, "titles")
            for t in range(first, run.stop)
            for m in scene.starting.get(t, ())
            if m.cue.group == "bare_titles"
        )
        joined = any(scene.has(t, "name_joiners") for t in range(first, run.stop))
        if houses or joined:
            return range(first, run.stop)
        titles = [t for t in range(first, run.stop) if scene.has(t, "titles", "bare_titles")]
        return range(max(titles, default=first - 1) + 1, run.stop)

    def _is_place(self, run: range) -> bool:
        """Whether all of a run is a country or a people: such a subject is read elsewhere."""
        return all((m := self.mentions.around(t)) is not None and m.entity.kind in PLACES for t in run)

    def _is_name(self, token: int, sentence: Sentence) -> bool:
        """Whether one capitalised word is a name: not one of the plain words that open a sentence."""
        scene = self.scene
        if scene.has(token, "say.unnamed", "collective_speakers", "after_participle"):
            return False
        opens = token == sentence.first or not scene.is_word(token - 1)
        plural = scene.passage.keys[token].endswith("s") and not self._is_acronym(token)
        return not (opens and (plural or scene.tags[token]))

    def _is_acronym(self, token: int) -> bool:
        return self.scene.passage.written(token, token)[:2].isupper()

    def _named(self, run: range, end: int) -> str:
        """The run as written, or the long form that it is short for; a short form beside it is noted."""
        scene = self.scene
        written = scene.passage.written(run.start, run.stop - 1)
        if len(run) == 1:
            return self.short.get(scene.passage.keys[run.start], written)
        self.note(written, [run.stop - 1])
        keys = scene.passage.keys
        if end + 3 < len(keys) and keys[end + 1] == "(" and keys[end + 3] == ")":
            self.short[keys[end + 2]] = written
        return written

    def note(self, name: str, tokens: Iterable[int]) -> None:
        """Remember a name by the words that may stand for it alone later."""
        for token in tokens:
            self.short[self._bare(token)] = name

    def goes_on(self, token: int) -> bool:
        """Whether the noun phrase that a definite noun begins has further words."""
        return self._phrase_end(token, token + LONGEST_SOURCE) > token or not self._is_definite(token)

    def earlier(self, token: int, speakers: Mentions) -> str | None:
        """The last source before a token whose name begins with the same noun."""
        noun = self._bare(token)
        named = [
            m for m in speakers.between(0, token - 1) if self._bare(m.first) == noun and m.last > m.first
        ]
        return named[-1].entity.name if named else self.short.get(noun)

    def is_named_before(self, token: int) -> bool:
        """Whether the same noun stands earlier in the text, so that a definite one points back to it."""
        return self._first_bare.get(self._bare(token), token) < token

    @cached_property
    def _first_bare(self) -> dict[str, int]:
        """Where each noun first stands, as written and without what may be glued to it."""
        words = [t for t in range(len(self.scene.passage)) if self.scene.is_word(t)]
        return {key: t for t in reversed(words) for key in (self._bare(t), self.scene.passage.keys[t])}

    def known_as(self, title: Mark) -> str | None:
        """The source that a bare noun stands for, if one was named with it."""
        return self.short.get(self._bare(title.last))

    def _bare(self, token: int) -> str:
        key: str = self.scene.passage.keys[token]
        prefixes = (
            *self.scene.lexicon.articles,
            *self.scene.lexicon.coordinating,
            *self.scene.lexicon.proclitics,
        )
        for prefix in sorted(prefixes, key=len, reverse=True):
            if key.startswith(prefix) and len(key) - len(prefix) >= 3:
                return key[len(prefix) :]
        return key

    # ---- what stands after a verb, or after "according to"

    def after(self, first: int, last: int, opened: bool, plain: bool) -> str | None:
        """The source between two tokens. `opened`: what is said follows; `plain`: the verb does nothing but say."""
        if first > last:
            return None
        return (
            self._cased_after(first, last) if self.cased else self._phrase_after(first, last, opened, plain)
        )

    def _cased_after(self, first: int, last: int) -> str | None:
        scene = self.scene
        at = first
        while at <= last and not self._capital(at):
            if scene.is_hard(at) or scene.is_soft(at) or at in scene.figure_at or scene.has(at, "relatives"):
                return None
            at += 1
        if at > last:
            return None
        end = self._run_after(at, last)
        run = self._without_titles(range(at, end + 1))
        if not run or self._is_place(run):
            return None
        head = self._office(first, at)
        if head is not None:
            tail = end + 1
            while (
                tail <= last and scene.is_word(tail) and not scene.is_function_word(tail) and tail - end <= 1
            ):
                end, tail = tail, tail + 1
            return scene.passage.written(head, end)
        return self._named(run, run.stop - 1)

    def _run_after(self, at: int, last: int) -> int:
        end = at
        for token in range(at + 1, min(last, at + 2 * LONGEST_SOURCE) + 1):
            if self._capital(token):
                end = token
            elif not self._joins(token, at):
                break
        return end

    def _office(self, first: int, at: int) -> int | None:
        """Where an office is of the name that begins at a token, its first word: "governor of …"."""
        scene = self.scene
        before = at - 1
        while before >= first and scene.has(before, "determiners"):
            before -= 1
        if before <= first or not scene.has(before, "belonging"):
            return None
        held = scene.has(before - 1, "bare_titles", "titles")
        return before - 1 if held else None

    def _phrase_after(self, first: int, last: int, opened: bool, plain: bool) -> str | None:
        scene = self.scene
        first = self._past_documents(first, last)
        named = self._quoted(first, last)
        end = self._phrase_end(first, last)
        if end < first:
            return None
        headed = scene.has(first, "say.sources")
        if named is not None and (headed or opened):
            self.note(named, [first])
            return named
        whole = opened and (
            end == last or not headed and all(scene.is_word(t) for t in range(first, last + 1))
        )
        end = last if whole else end
        if end == first:
            return None
        definite = self._is_definite(first)
        if not headed and not (whole and plain and not definite and end - first < LONGEST_PROPER):
            return None
        if headed and not plain and not opened:
            return None
        if not headed and any(scene.tags[t] for t in range(first, end + 1)):
            return None
        written = self._without_clitic(first, end)
        self.note(written, [first])
        return written

    def _past_documents(self, first: int, last: int) -> int:
        """Past days, documents and those who only speak for somebody: "a report of …", "the spokesman of …"."""
        scene, at = self.scene, first
        while at < last and scene.has(at, "say.documents", "say.spokesmen"):
            at += 1
            while at < last and scene.has(at, "say.linking", "locatives"):
                at += 1
            owner = at
            while owner < last and self._is_definite(owner) and not self._belongs(owner, first):
                owner += 1
            at = owner if owner > at and self._belongs(owner, first) else at
        return at

    def _quoted(self, first: int, last: int) -> str | None:
        """A name in quotation marks at the start or after its noun, in Latin letters where the text gives them."""
        scene, keys = self.scene, self.scene.passage.keys
        opening = next((t for t in range(first, min(last, first + 2) + 1) if keys[t] in QUOTES), None)
        if opening is None:
            return None
        closing = next(
            (t for t in range(opening + 1, min(last + 1, len(keys) - 1) + 1) if keys[t] in QUOTES), None
        )
        if closing is None or closing == opening + 1 or closing - opening > LONGEST_PROPER + 1:
            return None
        if closing + 3 < len(keys) and keys[closing + 1] == "(":
            end = next(
                (
                    t
                    for t in range(closing + 2, closing + 2 + BRACKET_LENGTH)
                    if t < len(keys) and keys[t] == ")"
                ),
                None,
            )
            if (
                end is not None
                and end > closing + 2
                and scene.passage.written(closing + 2, end - 1)[0].isascii()
            ):
                return scene.passage.written(closing + 2, end - 1)
        return scene.passage.written(opening + 1, closing - 1)

    def _phrase_end(self, first: int, last: int) -> int:
        """The last token of a noun phrase: its nouns up to the first definite one, and the definite words after it."""
        scene = self.scene
        closed = False
        last = min(last, len(scene.passage) - 1)
        end = first - 1
        for token in range(first, min(last, first + LONGEST_SOURCE - 1) + 1):
            linked = scene.has(token, "soft_links") and token < last and self._belongs(token - 1, first)
            if linked:
                closed = False
                continue
            if not scene.is_word(token) or token in scene.figure_at or self._breaks(token, first):
                break
            definite = self._is_definite(token)
            belongs = self._belongs(token, first)
            if closed and not definite and not belongs:
                break
            closed = closed and not belongs
            closed = closed or definite
            end = token
        return end

    def _belongs(self, token: int, first: int) -> bool:
        """Whether a word is joined on as what something is for ("… لحقوق الإنسان")."""
        return token > first and self.scene.passage.keys[token].startswith(
            self.scene.lexicon.belonging or ("\0",)
        )

    def _breaks(self, token: int, first: int) -> bool:
        scene = self.scene
        if (
            token > first
            and scene.has(token, "measure.acts", "measure.verbs", "say.verbs")
            and not self._is_definite(token)
        ):
            return True
        return scene.has(
            token,
            "locatives",
            "relatives",
            "complementizers",
            "clause_words",
            "negations",
            "demonstratives",
            "hedges",
            "pronouns",
        ) and not self._is_definite(token)

    def _is_definite(self, token: int) -> bool:
        key: str = self.scene.passage.keys[token]
        return key.startswith(self.scene.lexicon.articles or ("\0",))

    def _without_clitic(self, first: int, last: int) -> str:
        """A phrase as written, without what the language writes on to its first word."""
        scene = self.scene
        text, key, nouns = (
            scene.passage.written(first, last),
            scene.passage.keys[first],
            scene.lexicon.source_nouns,
        )
        if key in nouns:
            return text
        for joined, article in scene.lexicon.joined_articles:
            if key.startswith(joined) and text.startswith(joined) and key[len(joined) :] in nouns:
                return article + text[len(joined) :]
        return text
