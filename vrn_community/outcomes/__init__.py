"""You said, we did: what changed, what did not and why, and the public register."""
