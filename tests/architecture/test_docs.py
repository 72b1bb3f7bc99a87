"""What the pages name is there: the files that they link to, the settings, the words to look for in the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SOURCES = [path for folder in ("bot", "storage", "manifest") for path in (ROOT / folder).rglob("*.py")]

_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_SETTING = re.compile(r"`SAKSGANG_([A-Z][A-Z_]*[A-Z])(?:=[^`]*)?`")
_LOG_COLUMN = re.compile(r"i loggen")
_EVENT = re.compile(r"`([a-z]+(?:_[a-z]+)+)`")
OF_SLACK = {"expired_trigger_id"}
"""Slack's own words, which the log passes on."""


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in _LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


def test_every_setting_that_is_named_is_one() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    known = {name.upper() for name in Settings.model_fields} | set(re.findall(r'"SAKSGANG_([A-Z_]+)"', source))
    named = {name: page for page in PAGES for name in _SETTING.findall(page.read_text("utf-8"))}
    assert {name: _named(page) for name, page in named.items() if name not in known} == {}


def _rows(page: Path) -> Iterator[str]:
    """The cells below a heading «i loggen»."""
    column = None
    for line in page.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            column = None
        elif column is None:
            column = next((place for place, cell in enumerate(cells) if _LOG_COLUMN.search(cell)), -1)
        elif 0 <= column < len(cells):
            yield cells[column]


def test_every_word_to_look_for_in_the_log_is_written_by_the_program() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    named = {word: page for page in PAGES for row in _rows(page) for word in _EVENT.findall(row)}

    def written(word: str) -> bool:
        return word in OF_SLACK or f'"{word}"' in source

    assert "slack_not_set_up" in named, "the tables are found"
    assert {word: _named(page) for word, page in named.items() if not written(word)} == {}
