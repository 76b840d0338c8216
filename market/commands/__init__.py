"""The commands, one file a noun; market/cli.py lists them."""
