"""What holds for every test: examples are the same on every run, and none is timed."""

from hypothesis import settings

settings.register_profile("reproducible", deadline=None, derandomize=True)
settings.load_profile("reproducible")
