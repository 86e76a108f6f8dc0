"""What the templates of actions need."""
