"""One content tree, laid out as files."""
