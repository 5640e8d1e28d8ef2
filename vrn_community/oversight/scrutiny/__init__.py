"""What the oversight group looks into: topics, evidence from bodies, and ratings."""
