"""Articles: reading files, folders and standard input into one frame, and saying what could not be read."""

from reconcile.articles.reading import (
    ArticleWarning,
    Note,
    NoteWarning,
    ProblemWarning,
    Reading,
    read_articles,
    read_sources,
)

__all__ = [
    "ArticleWarning",
    "Note",
    "NoteWarning",
    "ProblemWarning",
    "Reading",
    "read_articles",
    "read_sources",
]
