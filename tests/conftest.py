"""Shared by all tests: the reference data, loaded once, and a Hypothesis profile that repeats itself."""

import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from alignment_cli import reference as reference_data

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_configure(config):
    # What tests keep for later runs must not mix with what the user's own runs keep; some tests clear ALIGN_*.
    caches = tempfile.mkdtemp(prefix="align-tests-")
    os.environ |= {"ALIGN_CACHE_DIR": caches, "XDG_CACHE_HOME": caches}
    config.add_cleanup(lambda: shutil.rmtree(caches, ignore_errors=True))
    config.addinivalue_line("markers", "slow: takes more than 20 seconds, or installs from a package index")


@pytest.fixture(scope="session")
def reference():
    return reference_data.shipped()
