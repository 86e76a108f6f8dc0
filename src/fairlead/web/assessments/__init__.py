"""Assessments: the engine run on what an organisation has, kept as it was, compared, reported, challenged."""
