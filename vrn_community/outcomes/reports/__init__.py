"""Reports of a quarter or a year, counted from what is public alone."""
