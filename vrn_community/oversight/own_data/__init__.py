"""What a member of the oversight group takes along: what is held about them, and their words."""
