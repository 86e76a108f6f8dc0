"""What the templates of lists need."""
