"""What is known: insights that rest on released results, and what bodies make of them."""
