"""Measures an HTML report in headless Chromium: bytes, and milliseconds until tables can be used; can take pictures.

Usage: python tests/browser/measure.py REPORT.html [--times 5] [--pictures FOLDER]
"""

import argparse
import base64
from pathlib import Path
from statistics import median

from conftest import chromium

SIZES = {"desktop": (1280, 900), "phone": (375, 800)}
MARKS = """
  const load = performance.getEntriesByType("navigation")[0].loadEventEnd;
  return [performance.getEntriesByName("align-ready")[0].startTime, load];"""


def measure(browser, address, times):
    """Return the medians in milliseconds: usable, loaded."""
    found = []
    for _ in range(times):
        browser.get("about:blank")
        browser.get(address)
        found.append(browser.execute_script(MARKS))
    return [round(median(one)) for one in zip(*found, strict=True)]


def pictures(browser, address, folder):
    """Write pictures for a desktop, a phone (light and dark) and paper."""
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        emulated = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", emulated)
        for name, (width, height) in SIZES.items():
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            browser.get(address)
            clip = {"x": 0, "y": 0, "width": width, "height": 4000, "scale": 1}
            asked = {"captureBeyondViewport": True, "clip": clip}
            picture = browser.execute_cdp_cmd("Page.captureScreenshot", asked)["data"]
            (folder / f"{name}-{scheme}.png").write_bytes(base64.b64decode(picture))
    asked = {"printBackground": True, "preferCSSPageSize": True}
    (folder / "a4.pdf").write_bytes(base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", asked)["data"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    browser = chromium()
    try:
        address = options.report.resolve().as_uri()
        usable, loaded = measure(browser, address, options.times)
        print(  # noqa: T201 - a script
            f"{options.report.stat().st_size:,} bytes, usable after {usable} ms, loaded after {loaded} ms"
        )
        if options.pictures:
            pictures(browser, address, options.pictures)
    finally:
        browser.quit()


if __name__ == "__main__":
    main()
