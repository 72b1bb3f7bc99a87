"""The direction of the house: import-linter's contracts, and a `board` that needs nothing but Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOARD = sorted((ROOT / "board").rglob("*.py"))


def imported_roots(source: str) -> Iterator[str]:
    """The top-level name of every module that ``source`` imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level or (node.module or "").partition(".")[0]


def foreign(source: str) -> set[str]:
    """What ``source`` imports beyond the standard library and ``board``."""
    return set(imported_roots(source)) - sys.stdlib_module_names - {"board"}


def test_the_contracts_of_the_house_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_board_to_check() -> None:
    assert BOARD


@pytest.mark.parametrize("path", BOARD, ids=lambda path: str(path.relative_to(ROOT)))
def test_board_imports_the_standard_library_only(path: Path) -> None:
    assert foreign(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import json\nfrom board.ids import CaseId\n", set()),
        ("import sqlalchemy.orm\n", {"sqlalchemy"}),
        ("def late():\n    from aiohttp import web\n", {"aiohttp"}),
        ("from . import case\n", {"."}),
    ],
)
def test_the_check_itself_sees_what_it_should(source: str, found: set[str]) -> None:
    assert foreign(source) == found


@pytest.mark.parametrize(
    "forbidden",
    [
        "from datetime import datetime\nNOW = datetime.now()\n",
        "import datetime\nTODAY = datetime.date.today()\n",
        "import random\n",
        "from uuid import uuid4\n",
    ],
)
def test_ruff_bans_the_clock_and_chance_in_board(forbidden: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("ruff"), "check", "--stdin-filename", "board/probe.py", "-"],
        input=forbidden,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "TID251" in done.stdout
