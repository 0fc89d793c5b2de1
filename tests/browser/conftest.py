"""A headless Chromium, and axe where a package brings it. What is missing skips the tests that need it."""

from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--window-size=1280,900",
)


def chromium():
    """Start a browser. Raises ImportError without selenium, FileNotFoundError without Chromium and its driver."""
    from selenium import webdriver

    binary, driver = which("chromium") or which("chromium-browser"), which("chromedriver")
    if binary is None or driver is None:
        raise FileNotFoundError("chromium, chromedriver")
    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


@pytest.fixture(scope="session")
def browser():
    pytest.importorskip("selenium", reason="selenium is not installed")
    try:
        started = chromium()
    except FileNotFoundError as error:
        pytest.skip(f"not installed: {error}")
    yield started
    started.quit()


@pytest.fixture(scope="session")
def axe():
    spec = find_spec("axe_playwright_python")
    if spec is None:
        pytest.skip("axe-playwright-python is not installed (only its axe.min.js is used)")
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")
