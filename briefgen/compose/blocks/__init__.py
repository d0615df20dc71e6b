"""One module a kind of block: from a section's candidates to what is shown."""
