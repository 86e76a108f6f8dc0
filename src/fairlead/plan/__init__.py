"""What to do next with the suppliers at the top of the work list, from a table keyed by finding."""

from fairlead.plan.plan import EVERY_SUPPLIER, MISSING, NO_DATA, plan
from fairlead.plan.table import PlanTable, Step, StepKind, shipped_plan

__all__ = ["EVERY_SUPPLIER", "MISSING", "NO_DATA", "PlanTable", "Step", "StepKind", "plan", "shipped_plan"]
