"""What leaves for other systems: feeds and calendars."""
