"""The command ``dtao-edu``."""
