"""How fast it is: each module answers one question, against a yardstick in the same run."""
