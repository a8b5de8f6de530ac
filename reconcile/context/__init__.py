"""Context: what a figure says besides its number: measure, event, place, speaker, stance, scope, parts."""

from reconcile.context.describe import describe
from reconcile.context.model import ArticleFacts, Context, FigureLike

__all__ = ["ArticleFacts", "Context", "FigureLike", "describe"]
