"""Concerns about somebody's safety: raised by moderators, decided by the lead, read by few."""
