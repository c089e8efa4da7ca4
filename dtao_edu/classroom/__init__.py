"""The classroom: the course's files, its notebooks, slides and pages for teachers."""
