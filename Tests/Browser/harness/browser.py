"""Chromium from Debian, driven by Playwright, at the two widths that the portal is tested at."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"


@dataclass(frozen=True)
class Viewport:
    """A terminal's screen in CSS pixels."""

    name: str
    width: int
    height: int
    is_mobile: bool


PHONE = Viewport("phone", 390, 844, is_mobile=True)
DESKTOP = Viewport("desktop", 1280, 900, is_mobile=False)


def launch(playwright: Playwright) -> Browser:
    """Starts Debian's Chromium. As root it cannot use its sandbox; it loads nothing but our own pages."""
    chromium = shutil.which("chromium")
    if not chromium:
        raise FileNotFoundError("没有找到 chromium。请运行 Scripts/setup-tests。")
    arguments = ["--disable-dev-shm-usage", "--no-proxy-server"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=chromium, args=arguments)


def new_context(browser: Browser, viewport: Viewport, **options) -> BrowserContext:
    """A fresh browser profile of a user in 岳阳."""
    return browser.new_context(
        viewport={"width": viewport.width, "height": viewport.height},
        is_mobile=viewport.is_mobile,
        has_touch=viewport.is_mobile,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **options,
    )


@contextmanager
def watched(page: Page) -> Iterator[Page]:
    """Fails when, while the block lasts, a script of the page failed or the server answered with a 5xx status."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"页面脚本出错:{error}"))
    page.on("response", lambda answer: answer.status >= 500 and faults.append(f"{answer.status} {answer.url}"))
    yield page
    assert not faults, "\n".join(faults)


def shot(page: Page, name: str) -> Path:
    """Saves the whole page as `screenshots/NAME-WIDTH.png` and returns the file."""
    SCREENSHOTS.mkdir(exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    path = SCREENSHOTS / f"{name}-{width}.png"
    page.screenshot(path=path, full_page=True)
    return path
