"""What bodies promise when they accept a recommendation, and how far they are."""
