"""schoolctl: plan a Virtual Patient School, gather its questions, publish its texts."""

# A constant, not importlib.metadata: looking the version up costs 52 ms at every start.
__version__ = "0.1.0"
