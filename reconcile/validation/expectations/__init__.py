"""The expectations of our own: importing this package registers them with Great Expectations.

That import is all a plain Great Expectations session needs to open the suites in `expectations/`.
"""

from reconcile.validation.expectations.bounds import (
    ExpectApproximateToHaveItsValue,
    ExpectBetweenToHaveBothBounds,
    ExpectExactToBeOneNumber,
    ExpectIntervalNotToBeEmpty,
    ExpectOneSidedToHaveItsBound,
    ExpectPercentageOfAWholeToFit,
    ExpectPersonsToBeWhole,
    ExpectVagueToHaveBoundsOnly,
    ExpectValuesToBeInOrder,
)
from reconcile.validation.expectations.dates import (
    ExpectDateNotAfterPublication,
    ExpectDateToHaveItsInterval,
    ExpectOnlyDatesToHaveAnInterval,
    ExpectPeriodNotBeforeEvent,
)
from reconcile.validation.expectations.links import (
    ExpectDuplicateToRepeatAnEarlierClaim,
    ExpectFieldToBeEmptyUnless,
    ExpectFieldToBeFilledWhen,
    ExpectListedToExist,
    ExpectPartInTheUnitOfItsWhole,
    ExpectPartNotToExceedItsWhole,
    ExpectPartsToSumToTheirWhole,
    ExpectReferenceToExist,
    ExpectValuesToDiffer,
    ExpectWitnessesToCarryTheGrade,
)
from reconcile.validation.expectations.spans import (
    ExpectClaimIdToBeStable,
    ExpectEveryFigureToBeCovered,
    ExpectNoClaimToBeLost,
    ExpectQuoteToSliceFromArticle,
    ExpectSentenceToHoldQuote,
)
from reconcile.validation.expectations.units import (
    ExpectCandidatesToBeKnown,
    ExpectMoneyToNameItsCurrency,
    ExpectUnitToBeKnown,
)

__all__ = [
    "ExpectApproximateToHaveItsValue",
    "ExpectBetweenToHaveBothBounds",
    "ExpectCandidatesToBeKnown",
    "ExpectClaimIdToBeStable",
    "ExpectDateNotAfterPublication",
    "ExpectDateToHaveItsInterval",
    "ExpectDuplicateToRepeatAnEarlierClaim",
    "ExpectEveryFigureToBeCovered",
    "ExpectExactToBeOneNumber",
    "ExpectFieldToBeEmptyUnless",
    "ExpectFieldToBeFilledWhen",
    "ExpectIntervalNotToBeEmpty",
    "ExpectListedToExist",
    "ExpectMoneyToNameItsCurrency",
    "ExpectNoClaimToBeLost",
    "ExpectOneSidedToHaveItsBound",
    "ExpectOnlyDatesToHaveAnInterval",
    "ExpectPartInTheUnitOfItsWhole",
    "ExpectPartNotToExceedItsWhole",
    "ExpectPartsToSumToTheirWhole",
    "ExpectPercentageOfAWholeToFit",
    "ExpectPeriodNotBeforeEvent",
    "ExpectPersonsToBeWhole",
    "ExpectQuoteToSliceFromArticle",
    "ExpectReferenceToExist",
    "ExpectSentenceToHoldQuote",
    "ExpectUnitToBeKnown",
    "ExpectVagueToHaveBoundsOnly",
    "ExpectValuesToBeInOrder",
    "ExpectValuesToDiffer",
    "ExpectWitnessesToCarryTheGrade",
]
