"""What can be measured of a page's looks: room, sizes of what is pressed, contrast, names for screen readers."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page

_LOOK = Path(__file__).with_name("looks.js").read_text("utf-8")


async def faults(page: Page) -> list[str]:
    """What is wrong with the page as it is shown now."""
    found = await page.evaluate(_LOOK)
    return [str(fault) for fault in found]
