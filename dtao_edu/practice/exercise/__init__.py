"""An exercise as data: what it asks, its numbers, and its misconceptions."""
