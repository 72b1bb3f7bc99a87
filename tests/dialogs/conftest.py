"""A house on a fresh SQLite file, and the catalogues of the source tree as they are now."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.board.support import OFFICE
from tests.cards.conftest import locales, texts
from tests.dialogs.support import MEMBER, Chat, House, open_house
from tests.storage.databases import migrated_file, sqlite_url

__all__ = ["locales", "migrated_file", "sqlite_url", "texts"]


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    async with open_house(sqlite_url) as opened:
        yield opened


@pytest.fixture
def chat(house: House) -> Chat:
    """The submitter's."""
    return house.chat()


@pytest.fixture
def office(house: House) -> Chat:
    return house.chat(OFFICE)


@pytest.fixture
def member(house: House) -> Chat:
    """One of the board's."""
    return house.chat(MEMBER)
