"""Decisions of the oversight group by consent or vote, openly or in secret."""
