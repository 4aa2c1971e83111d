"""The app's own facts, ops and report content; pure."""
