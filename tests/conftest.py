"""What holds for every test: examples are the same on every run, and none is timed."""

import sys

import pytest
from hypothesis import settings

settings.register_profile("reproducible", deadline=None, derandomize=True)
settings.load_profile("reproducible")


@pytest.fixture(autouse=True)
def close_figures():
    """Leave no figure of one test to the next."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
