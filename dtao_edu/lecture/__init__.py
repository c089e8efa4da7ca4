"""A lesson as a lecture: slides, handout and the page for teachers."""
