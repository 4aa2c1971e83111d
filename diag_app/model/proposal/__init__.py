"""The proposal as content: chapters made from facts, in one language, with no word that the facts do not carry."""

from diag_app.model.proposal.document import build_document
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.said import Translate

__all__ = ["ProposalFacts", "Translate", "build_document"]
