"""What bodies decided with people's words in front of them, and what is different since."""
