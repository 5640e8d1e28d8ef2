"""From answers to evidence that is safe to publish."""
