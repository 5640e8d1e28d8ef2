"""What is done with what people tell us: the record, the notices, and the end of it."""
