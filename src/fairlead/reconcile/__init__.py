"""Spreadsheet tools ask who somebody is: the Reconciliation Service API 0.2 over lists of names and suppliers.

Pure functions over a loaded catalogue, and a small WSGI application that can be mounted under any prefix.
Specification: W3C Entity Reconciliation Community Group, "Reconciliation Service API v0.2", 2023.
"""

from fairlead.reconcile.catalogue import Catalogue, make_catalogue
from fairlead.reconcile.sources import supplier_list
from fairlead.reconcile.wsgi import ReconciliationApplication

__all__ = ["Catalogue", "ReconciliationApplication", "make_catalogue", "supplier_list"]
