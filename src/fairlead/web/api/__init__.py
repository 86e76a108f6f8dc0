"""The API: what the pages do, for programs; tokens, and OpenRefine's questions."""
