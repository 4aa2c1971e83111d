"""The only package that touches keys."""
