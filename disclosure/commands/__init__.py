"""The commands of `python -m disclosure`, one module each, loaded only when asked for."""
