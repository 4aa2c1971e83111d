"""Small painted widgets that pages are made of."""
