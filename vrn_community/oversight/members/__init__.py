"""Members of the oversight group: their terms, what they need, and what they are paid."""
