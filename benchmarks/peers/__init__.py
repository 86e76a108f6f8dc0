"""What runs in the peers' own environment: scripts that read a task as JSON and write scores as JSON."""
