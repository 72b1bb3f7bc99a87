"""Where the edge puts what stands behind a form: a button's value and a modal's metadata hold only its id."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Shelf(Protocol):
    """``storage.shelf.Shelf``; in tests ``tests/fakes``. Each call is a short transaction of its own."""

    async def keep(self, body: str, now: datetime) -> str:
        """Its id, the SHA-256 of the body: the same body is kept once, and lives on from ``now``."""
        ...

    async def get(self, id_: str) -> str | None:
        """None where it is unknown, or was kept so long ago that it is gone."""
        ...
