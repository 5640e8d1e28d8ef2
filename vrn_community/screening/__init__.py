"""What words may hold that somebody should see soon: it flags and sorts, and decides nothing."""
