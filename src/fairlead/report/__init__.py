"""Lays an assessment out: the page, the print version, the workbook and the tables for programs."""

from fairlead.report.write_report import write_report

__all__ = ["write_report"]
