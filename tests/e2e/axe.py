"""axe-core in a page of headless Chromium: what it finds wrong for people who use assistive technology."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

HERE: Final = Path(__file__).resolve().parent
AXE: Final = HERE / "node_modules" / "axe-core" / "axe.min.js"
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def install() -> None:
    """Puts the pinned axe-core beside this file, once. Fails with what to do rather than being skipped."""
    wanted, stamp = HERE / "package-lock.json", HERE / "node_modules" / ".saksgang"
    if stamp.exists() and stamp.stat().st_mtime >= wanted.stat().st_mtime:
        return
    npm = shutil.which("npm")
    assert npm, "npm is missing: it comes with Node.js 18 or newer"
    done = subprocess.run([npm, "ci", "--silent"], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"npm could not get axe-core: {done.stderr[-400:]}"
    stamp.touch()


async def findings(page: Page) -> list[str]:
    """One line a violation.

    The page's own policy lets no script in: give a context with ``bypass_csp``.
    """
    await page.add_script_tag(path=AXE)
    options = {"runOnly": {"type": "tag", "values": list(TAGS)}}
    result: dict[str, Any] = await page.evaluate("options => axe.run(document, options)", options)
    assert len(result["passes"]) > 10, "axe looked at next to nothing"
    return [
        f"{found['id']}: {found['help']}: {node['html'][:200]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]
