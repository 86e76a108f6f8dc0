"""What the templates of the overview need."""
