"""Calculators of baseline figures: exact, with named denominators, a closed set of units, and their working kept."""
