"""Readers of outside files; what they say is checked before anything is taken in."""
