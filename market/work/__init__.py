"""Heavy verbs, on the jobs' side only: web workers never import this package."""
