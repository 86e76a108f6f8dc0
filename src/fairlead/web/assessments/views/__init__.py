"""The pages of assessments, one file each."""
