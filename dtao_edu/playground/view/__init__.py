"""The view of a playground: widgets, their look, the question before the answer.

Only this package of the playground imports ipywidgets, and only when something is shown.
"""
