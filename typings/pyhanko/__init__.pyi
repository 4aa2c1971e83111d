"""The part of pyHanko 0.38 that the project uses."""
