"""What people change: versions that nobody overwrites unseen, and the history of every change."""
