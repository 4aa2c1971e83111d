"""The form engine: definition, answers, derivation, scoring; pure."""
