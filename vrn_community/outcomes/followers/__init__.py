"""People who want to be told what changed: apart from what they answered, in every way."""
