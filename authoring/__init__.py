"""The authors' tools: they make and check what the course is made of. ``python -m authoring``."""
