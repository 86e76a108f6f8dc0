"""A sandbox: an organisation of its own with fictional suppliers, to try everything out, wipe it and make it anew."""
