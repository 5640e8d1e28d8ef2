"""Meetings of the oversight group: agenda, papers, interests, notes and actions."""
