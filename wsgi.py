"""The WSGI entry point: makes the application, nothing else."""

from market import create_app

app = create_app()
