"""The standard of labour practices as an organisation keeps it: read, adapt, compare, take away."""
