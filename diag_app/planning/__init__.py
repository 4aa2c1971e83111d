"""The cheapest way to a target level: an integer programme, proven optimal, and the order its measures start in."""
