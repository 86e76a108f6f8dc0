"""Questionnaires: made from the standard and the risk, answered through a link, taken into the evidence."""
