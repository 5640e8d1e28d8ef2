"""People who check the partnership: what they saw, what they ask for, and what is answered."""
