"""What becomes of people's words before anybody else may read them."""
