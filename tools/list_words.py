"""Write `reconcile/rules/linking/words.tsv`: how frequent the words of a language are, for what a shared word tells.

Usage: pip install wordfreq; python tools/list_words.py

Frequencies are those of wordfreq (Robyn Speer; data CC BY-SA 4.0), on the Zipf scale: log10 of occurrences in a billion
words. Spellings that fold to one key are added up; an Arabic word counts with and without its article.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict

from reconcile.evidence.words import bare
from reconcile.text.fold import fold

TABLE = Path(__file__).resolve().parents[1] / "reconcile" / "rules" / "linking" / "words.tsv"
LANGUAGES = ("ar", "en", "fr")
LEAST_ZIPF = 3.5


def main() -> None:
    lines = ["# language, Zipf frequency, words. wordfreq, CC BY-SA 4.0; written by tools/list_words.py"]
    for language in LANGUAGES:
        summed: dict[str, float] = defaultdict(float)
        for word, frequency in get_frequency_dict(language, wordlist="large").items():
            if word.isalpha():
                summed[bare(fold(word))] += frequency
        classes: dict[float, list[str]] = defaultdict(list)
        for word, frequency in summed.items():
            zipf = round(math.log10(frequency) + 9, 1)
            if zipf >= LEAST_ZIPF and len(word) > 1:
                classes[zipf].append(word)
        lines += [
            f"{language}\t{zipf}\t{' '.join(sorted(classes[zipf]))}" for zipf in sorted(classes, reverse=True)
        ]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
