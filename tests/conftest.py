"""Shared by all tests: the reference data, loaded once, and a Hypothesis profile that repeats itself."""

import pytest
from hypothesis import HealthCheck, settings

from alignment_cli import reference as reference_data

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes more than 20 seconds, or installs from a package index")


@pytest.fixture(scope="session")
def reference():
    return reference_data.shipped()
