"""One judgement: the decision, who took it when and why, and the words of the text that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile import schema

OF_INCIDENTS = ("same-incident", "other-incident")
OF_PAIRS = ("same", "different", "unsure", *OF_INCIDENTS)
OF_CLAIMS = ("corrected", "rejected")
DECISIONS = (*OF_PAIRS, *OF_CLAIMS)
COLUMNS = (
    "decision", "article_a", "quote_a", "article_b", "quote_b", "field", "value", "who", "when", "why",
    "before_a", "after_a", "reading_a", "claim_a", "before_b", "after_b", "reading_b", "claim_b",
)  # fmt: skip
REQUIRED = ("decision", "article_a", "quote_a", "who", "when", "why")
# What an analyst may correct: what a figure says, never where it stands or what its words are.
CORRECTABLE = (
    "kind", "role", "qualifier", "value", "low", "high", "low_open", "high_open", "unit", "noun", "measure", "event",
    "place", "actor", "period_start", "period_end", "speaker", "stance", "refuted_by", "epistemic", "scope",
    "cumulative",
)  # fmt: skip
WORDS = {
    "kind": schema.KINDS,
    "role": schema.ROLES,
    "qualifier": schema.QUALIFIERS,
    "stance": schema.STANCES,
    "epistemic": schema.EPISTEMIC,
    "scope": schema.SCOPES,
}
NEVER_EMPTY = (*WORDS, "low_open", "high_open")


@dataclass(frozen=True)
class Anchor:
    """A figure by its words: the article, the figure as written, a little of what stands around it in its sentence.

    `reading` is how the engine read it when it was judged (`more_than 15000`), `claim_id` its id in that text: as long
    as the text stays as it was, the id alone finds it. What is not known is empty.
    """

    article_id: str
    quote: str
    before: str = ""
    after: str = ""
    reading: str = ""
    claim_id: str = ""

    def __str__(self) -> str:
        return (
            f"“{' '.join(self.quote.split())}” in {self.article_id}" if self.article_id else f"“{self.quote}”"
        )


@dataclass(frozen=True)
class Judgement:
    """One row of the file; `line` is where it stands, `b` is null for a judgement on one claim.

    `field` is the corrected field, or for `different` what sets the two apart (one of schema.REASONS); `value` is what
    the field is to hold, in its own type.
    """

    decision: str
    a: Anchor
    b: Anchor | None
    field: str | None
    value: object
    who: str
    when: str
    why: str
    line: int
