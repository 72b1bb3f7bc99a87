"""The data of a press, read: a request, never authority."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from board.ids import CaseId
from cards.message import Json, Option
from cards.safe import clean
from dialogs.answers import read_choice
from dialogs.room import Reply, Room

Data = Mapping[str, Json]
Handler = Callable[[Room, Data], Awaitable[Reply]]


def text(data: Data, key: str) -> str:
    value = data.get(key)
    return clean(value).strip() if isinstance(value, str) else ""


def case_id(data: Data) -> CaseId:
    return CaseId(text(data, "id")[:64])


def rev(data: Data) -> int:
    """The revision the button showed; a missing or strange one is older than any."""
    value = data.get("rev")
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def chosen(written: str, offered: Sequence[Option]) -> str:
    """The choice that is meant by its code, number or name; what is none of them is left for the rules to refuse."""
    found = read_choice(written, offered)
    return found.value if isinstance(found, Option) else written
