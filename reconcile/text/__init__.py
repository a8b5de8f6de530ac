"""Text: folding of letters, tokens with their offsets, sentences. The lowest layer; it knows no word of any language."""

from reconcile.text.fold import fold
from reconcile.text.passage import Passage

__all__ = ["Passage", "fold"]
