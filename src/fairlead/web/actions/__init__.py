"""Corrective actions: agreed with the supplier, followed to a date, shown to be done, verified by someone trusted."""
