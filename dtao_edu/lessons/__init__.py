"""The lessons: read from their notebooks, listed, laid down as a copy and opened in JupyterLab."""
