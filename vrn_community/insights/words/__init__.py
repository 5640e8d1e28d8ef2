"""People's words: themes with people in charge of their meaning, and suggestions of them."""
