"""The instrument: a questionnaire is one validated, versioned document."""
