"""Dates in Russian without the shortened word for the year, whose full stop would double at the end of a sentence."""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
