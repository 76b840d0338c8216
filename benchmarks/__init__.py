"""One command per figure; each prints JSON objects with ratios to a baseline of the same run."""
