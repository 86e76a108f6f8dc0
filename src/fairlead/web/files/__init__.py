"""Files that people attach: proof, quotes, lists. Kept by the hash of what they hold, given back only to be saved."""
