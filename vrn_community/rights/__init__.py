"""What people can ask of us about their information, and what we owe them when it went wrong."""
