"""Expectations on where a claim stands: its quote, its sentence, its id, and what no claim covers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reconcile.validation.expectations.base import RowCondition, RowExpectation


class QuoteSlices(RowCondition):
    """The quote is, character for character, what the article has at the claim's span.

    A missing quote or article and a span that can be none fail expectations of their own.
    """

    condition_metric_name = "claim.quote_slices_from_article"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        given = rows[["quote", "start", "end"]].notna().all(axis=1) & rows["article_known"].astype(bool)
        possible = (rows["start"] >= 0) & (rows["end"] > rows["start"])
        return ~(given & possible) | (rows["quote"] == rows["text_slice"])


class ExpectQuoteToSliceFromArticle(RowExpectation):
    """Expect `text[start:end] == quote`, in Unicode code points; a quote that cannot be found again proves nothing."""

    map_metric = QuoteSlices.condition_metric_name
    sentence = "The quote must be what its article has between start and end, character for character."


class SentenceHoldsQuote(RowCondition):
    """The quote is part of the sentence that is printed beside it."""

    condition_metric_name = "claim.sentence_holds_quote"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        quotes = rows["quote"].fillna("").tolist()
        sentences = rows["sentence"].fillna("").tolist()
        return pd.Series(
            [q in s for q, s in zip(quotes, sentences, strict=True)], index=rows.index, dtype=bool
        )


class ExpectSentenceToHoldQuote(RowExpectation):
    """Expect the sentence to contain the quote."""

    map_metric = SentenceHoldsQuote.condition_metric_name
    sentence = "The sentence of a claim must contain its quote."


class FiguresCovered(RowCondition):
    """No digits of the article lie outside every claim without a reason."""

    condition_metric_name = "article.figures_covered"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return rows["uncovered"].isna()


class ExpectEveryFigureToBeCovered(RowExpectation):
    """Expect each run of digits to lie in a claim or a date, or in an address, a telephone number or a name."""

    map_metric = FiguresCovered.condition_metric_name
    sentence = "Every run of digits in an article must lie in a claim, a date, or a reasoned exclusion."


class NoClaimLost(RowCondition):
    """Every claim of the last run's table is still there while the article's text has not changed."""

    condition_metric_name = "article.no_claim_lost"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return rows["lost_claims"].isna()


class ExpectNoClaimToBeLost(RowExpectation):
    """Expect an article that still has the same words at a claim's span to have a claim there, as in the last run."""

    map_metric = NoClaimLost.condition_metric_name
    sentence = "A claim of the last run whose words still stand in the article must still be in the table."


class ClaimIdStable(RowCondition):
    """A claim that stood in the last run's table bears the same id."""

    condition_metric_name = "claim.id_is_stable"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return rows["previous_claim_id"].isna() | (rows["previous_claim_id"] == rows["claim_id"])


class ExpectClaimIdToBeStable(RowExpectation):
    """Expect the same words at the same place of the same article to give the id that the last run gave."""

    map_metric = ClaimIdStable.condition_metric_name
    sentence = (
        "The same quote at the same place of the same article must have the same claim id as in the last run."
    )
