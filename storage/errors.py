"""What can go wrong with the store, in words that an operator can act on."""

from __future__ import annotations

from board.ports import Clashed


class StoreError(Exception):
    """The root of the store's own errors."""


class StoreUnavailable(StoreError):
    """The database did not answer, is locked, full or read-only. What was being done has been taken back."""


class StoreClashed(StoreUnavailable, Clashed):
    """PostgreSQL ended the transaction so that another one could go on (deadlock, serialisation)."""


class AlreadyOpen(StoreError):
    """Another process has this SQLite database open."""


class StaleRevision(StoreError):
    """A case or meeting was saved that is not one revision above the stored one: a bug in the caller."""


class ReadOnlyUnit(StoreError):
    """Something was written through a unit of work that was opened for reading: a bug in the caller."""
