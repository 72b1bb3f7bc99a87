"""How statements reach a database: plain functions over a :class:`Tx`, run as one trip each.

Written so because a trip is what costs: SQLAlchemy over aiosqlite takes four thread changes a statement (0.41 ms),
one change for a whole function takes 0.04 ms. On PostgreSQL the same functions run over asyncpg.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeAlias, TypeVar

from sqlalchemy import Executable

T = TypeVar("T")
Row: TypeAlias = Sequence[Any]
Params: TypeAlias = Mapping[str, Any]


class Tx(Protocol):
    """Statements inside one transaction. Each call is one statement; ``run`` with a list binds it several times."""

    @property
    def many_processes(self) -> bool:
        """Whether others may write at the same time, so that rows must be locked."""
        ...

    def all(self, statement: Executable, params: Params | None = None) -> Sequence[Row]: ...

    def first(self, statement: Executable, params: Params | None = None) -> Row | None: ...

    def run(self, statement: Executable, params: Params | Sequence[Params]) -> int:
        """Returns how many rows were changed."""
        ...


Step: TypeAlias = Callable[[Tx], T]


class Session(Protocol):
    """One transaction, begun by its first step. Left without ``commit``, it is taken back."""

    async def run(self, step: Step[T]) -> T: ...

    async def commit(self, step: Step[None]) -> None:
        """Runs the last step and commits, as one trip."""
        ...


class Database(Protocol):
    """A database that is open."""

    def write(self) -> AbstractAsyncContextManager[Session]: ...

    def read(self) -> AbstractAsyncContextManager[Session]: ...

    async def once(self, step: Step[T]) -> T:
        """One step as a whole writing transaction."""
        ...

    async def ping(self) -> None:
        """Raises ``StoreUnavailable`` where nothing could be written now."""
        ...

    async def end_stopped(self) -> int:
        """Ends the transactions of processes that were stopped in the middle of one; returns how many there were."""
        ...

    async def close(self) -> None: ...
