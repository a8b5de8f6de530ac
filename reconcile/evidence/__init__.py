"""Evidence: what the sentences of an article name, read once, so that reports can be weighed against each other."""

from reconcile.evidence.read import EVIDENCE_COLUMNS, SentenceEvidence, evidence, read_sentences

__all__ = ["EVIDENCE_COLUMNS", "SentenceEvidence", "evidence", "read_sentences"]
