"""Finds a Chromium for the browser tests, and installs one where there is none.

Debian's Chromium where root and apt are at hand, else any Chrome or Chromium of the
machine, else Playwright's own. With none the browser tests fail and say what to
install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def find() -> str:
    """Path of a browser, or nothing; COUNCIL_CHROMIUM names one outright."""
    chosen = os.environ.get("COUNCIL_CHROMIUM", "")
    found = [chosen, *(shutil.which(name) or "" for name in NAMES), *PLACES]
    for path in found:
        if path and Path(path).exists():
            return path
    return playwrights_own()


def playwrights_own() -> str:
    """The browser that Playwright downloaded, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


def find_or_install() -> str:
    """Path of a browser, installed if need be and possible."""
    return find() or (install() and find()) or ""


def install() -> bool:
    """Try Debian's package, then Playwright's download; says what it does."""
    print("No Chromium found; installing one", flush=True)
    if shutil.which("apt-get") and os.name != "nt" and os.geteuid() == 0:
        subprocess.call(["apt-get", "update", "-qq"])
        if subprocess.call(["apt-get", "install", "-y", "-qq", "chromium"]) == 0:
            return True
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.call(command) == 0
