"""Real objects for tests, made through the verbs."""
