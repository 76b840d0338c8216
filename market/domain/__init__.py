"""The verbs of the market, one file a noun: they act, flush and raise business facts."""
