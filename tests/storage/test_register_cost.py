"""A search of the decision register reads no more where there are more decisions: along its index."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage.engine import Store
from storage.register_search import found, similar_words
from storage.repositories import register_find
from storage.sqlite_tx import SqliteTx
from tests.benchmarks.register import SEARCHES, SHOWN
from tests.benchmarks.register_board import NEWEST, fill_register
from tests.storage.test_planning_cost import _explained

SOME, MANY = 3_000, 9_000
"""Among fewer, there is less to look at than a search does at most (``register_find.MOST_LOOKED_AT``)."""
STEPS = 10
"""Of SQLite's machine, counted together."""
VALUES: dict[str, Any] = {
    "me": "reader",
    "reading": 2,
    "since": NEWEST.replace(year=1990),
    "before_day": NEWEST.replace(year=2030),
    "before_no": 0,
    "floor_day": NEWEST.replace(year=2020),
    "floor_no": 1,
    "limit": 11,
    "term_0": "sykehus",
    "term_1": "budsjett",
    "term_2": "arkivløsning",
}
FIND = (
    register_find.postings((1,), published=True, floor=False),
    register_find.postings((1, 1, 1), published=True, floor=True),
    register_find.postings((2, 1), published=False, floor=True),
    register_find.depth(1, published=True),
    register_find.depth(2, published=False),
    register_find.own((1, 1)),
)


@pytest.mark.slow
async def test_each_search_is_read_along_its_index(store: Store) -> None:
    await store._database.once(lambda tx: fill_register(tx, MANY))
    for statement in FIND:
        plan = await store._database.once(partial(_explained, statement=statement, values=VALUES))
        assert any("register_terms_pkey" in step or "USING PRIMARY KEY (reading=? AND term=?" in step for step in plan)
        assert not [
            s for s in plan if "Seq Scan on register_" in s or s.startswith(("SCAN register_", "SCAN t", "SCAN p"))
        ]


@pytest.fixture(scope="module")
def registers(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two registers, filled."""
    made = []
    for count in (SOME, MANY):
        path = tmp_path_factory.mktemp("registers") / f"{count}.db"
        shutil.copy(migrated_file, path)
        tx = SqliteTx(path, readonly=False)
        tx.begin("BEGIN IMMEDIATE")
        fill_register(tx, count)
        tx.end("COMMIT")
        tx.connection.close()
        made.append(path)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("kind", SEARCHES)
def test_more_decisions_take_no_more_steps(registers: list[Path], kind: str) -> None:
    few, many = (_steps(path, kind) for path in registers)
    assert 0 < many <= 1.1 * few + 5, (few, many)


def _steps(path: Path, kind: str) -> int:
    """What the time of a search is made of, without what else the machine does meanwhile."""
    who, query = SEARCHES[kind]
    tx, taken = SqliteTx(path, readonly=True), [0]

    def count() -> int:
        taken[0] += 1
        return 0

    tx.connection.set_progress_handler(count, STEPS)
    page = found(tx, who, query, SHOWN, None)
    if not page.hits and query.words:
        similar_words(tx, who, query.words[0], 3)
    tx.connection.close()
    return taken[0]
