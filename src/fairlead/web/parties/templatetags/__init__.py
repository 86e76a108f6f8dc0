"""What the templates of parties need."""
