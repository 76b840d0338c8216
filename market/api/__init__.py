"""The JSON API, version 1: the same nouns as the pages, by token instead of cookie."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the API's blueprints and its OpenAPI document."""
