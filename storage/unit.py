"""What the repositories of one unit of work share: the trips they take together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Executable

from storage.errors import ReadOnlyUnit
from storage.transaction import Params, Session, Step, Tx

T = TypeVar("T")


class Unit:
    """Writes wait for the next read or the commit and go with it, so that a click takes few trips.

    ``later`` keeps the order in which things were asked for. ``last`` is for the history, whose head row is locked:
    as late as possible, so that others wait for it as briefly as possible and always after all other locks. ``settle``
    comes between the two, for what follows from several writes and is done once for all of them.
    """

    def __init__(self, session: Session, *, writable: bool, on_due: Callable[[], None]) -> None:
        self._session = session
        self._on_due = on_due
        self._pending: list[Step[None]] = []
        self._settling: list[Step[None]] = []
        self._last: list[Step[None]] = []
        self._after: list[Callable[[], None]] = []
        self._due = False
        self.writable = writable

    async def ask(self, step: Step[T], *, after_last: bool = False) -> T:
        """Does what is waiting, then ``step``, in one trip."""
        return await self._session.run(_chain(self._take(with_last=after_last), step))

    def later(self, step: Step[None]) -> None:
        self._refuse_reader()
        self._pending.append(step)

    def put(self, statement: Executable, params: Params | Sequence[Params]) -> None:
        """One statement for :meth:`later`."""

        def step(tx: Tx) -> None:
            tx.run(statement, params)

        self.later(step)

    def settle(self, step: Step[None]) -> None:
        self._refuse_reader()
        self._settling.append(step)

    def last(self, step: Step[None]) -> None:
        self._refuse_reader()
        self._last.append(step)

    def after(self, step: Callable[[], None]) -> None:
        """What is outside the database and may be done only once this is committed."""
        self._refuse_reader()
        self._after.append(step)

    def puts_in_line(self) -> None:
        """Something will be due once this is committed."""
        self._due = True

    async def write(self, step: Step[T]) -> T:
        """A write whose answer is needed at once."""
        self._refuse_reader()
        return await self.ask(step)

    async def commit(self) -> None:
        self._refuse_reader()
        await self._session.commit(_chain(self._take(with_last=True), _nothing))
        after, self._after = self._after, []
        for step in after:
            step()
        if self._due:
            self._due = False
            self._on_due()

    def _take(self, *, with_last: bool) -> list[Step[None]]:
        steps, self._pending = self._pending, []
        if with_last:
            steps += [*self._settling, *self._last]
            self._settling, self._last = [], []
        return steps

    def _refuse_reader(self) -> None:
        if not self.writable:
            raise ReadOnlyUnit("this unit of work was opened for reading; open one with write()")


def _chain(steps: list[Step[None]], final: Step[T]) -> Step[T]:
    def run(tx: Tx) -> T:
        for step in steps:
            step(tx)
        return final(tx)

    return run if steps else final


def _nothing(tx: Tx) -> None:
    """Nothing more to do before the commit."""
