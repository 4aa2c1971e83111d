"""Sealed bundles."""
