"""Journeys use the browser and the site of the browser tests."""

from tests.browser.conftest import chromium, pytest_collection_modifyitems, site, visitor

__all__ = ["chromium", "pytest_collection_modifyitems", "site", "visitor"]
