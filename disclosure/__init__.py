"""What an enterprise reports, and whether to believe it: no web, no database, no clock."""
