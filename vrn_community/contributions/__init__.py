"""The hinge: what people sent, whatever the activity, and their words, passage by passage."""
