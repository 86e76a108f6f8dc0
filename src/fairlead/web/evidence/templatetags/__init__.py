"""What the templates of evidence need."""
