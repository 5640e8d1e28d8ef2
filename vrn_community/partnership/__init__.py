"""The place and its bodies: areas, priorities, boards, help lines, and who lives here."""
