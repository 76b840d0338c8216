"""Exchange formats, one reader and writer each."""
