"""Text: folding of letters, tokens with their offsets, sentences. The lowest layer; it knows no language's words."""

from reconcile.text.fold import fold
from reconcile.text.passage import Passage

__all__ = ["Passage", "fold"]
