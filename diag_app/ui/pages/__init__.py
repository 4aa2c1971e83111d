"""The pages of the window; no page calls another page."""
