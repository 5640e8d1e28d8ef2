"""Telling those who owe something before and after its day, each once."""
