"""What the oversight group tells the public."""
