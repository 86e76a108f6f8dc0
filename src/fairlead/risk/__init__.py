"""Rates parties by additive log-odds from evidence; every term names its source."""

from fairlead.risk.cards import Card, shipped_cards
from fairlead.risk.case import RatedCase, Reason, rate_cases
from fairlead.risk.context import SUPPLIER_LIST, context_evidence
from fairlead.risk.facts import ReferenceTables
from fairlead.risk.parameters import BandRule, shipped_parameters
from fairlead.risk.rank import rank
from fairlead.risk.rating import MODEL_VERSION, rate
from fairlead.risk.terms import IMPORT_BAN_FLOOR, PRIOR

__all__ = [
    "IMPORT_BAN_FLOOR",
    "MODEL_VERSION",
    "PRIOR",
    "SUPPLIER_LIST",
    "BandRule",
    "Card",
    "RatedCase",
    "Reason",
    "ReferenceTables",
    "context_evidence",
    "rank",
    "rate",
    "rate_cases",
    "shipped_cards",
    "shipped_parameters",
]
