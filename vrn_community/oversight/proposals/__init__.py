"""Activities that residents propose, and their words in the drafts."""
