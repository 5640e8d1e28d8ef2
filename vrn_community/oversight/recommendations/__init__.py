"""What the group asks of bodies, and what they answer."""
