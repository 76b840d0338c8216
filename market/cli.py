"""The commands of the market: `flask COMMAND`; each is named in docs/operations.md."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the commands."""
