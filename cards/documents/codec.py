"""Documents as JSON and back: to be stored as they were at dispatch, and to be handed to the process that prints them.

A field that was added later is missing in what was stored before: it gets its default, so that old documents open.
One that this version does not know is passed over.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from cards.documents.content import AgendaSheet, Document, GroupMinutes, MinutesSheet, Pack, Paper, Printed

_KINDS: Final[tuple[type[Document], ...]] = (Pack, Paper, AgendaSheet, GroupMinutes, MinutesSheet)
_TYPES: Final = {one.__name__: one for one in _KINDS}


class NotADocument(ValueError):
    """Stored data that are no document, or lack what a document cannot be without."""


def to_json(document: Document) -> dict[str, Any]:
    """Only objects, lists, strings, numbers, true and false. ``type`` tells the kind of document."""
    return {"type": type(document).__name__, **_written(document)}


def from_json(data: Mapping[str, Any]) -> Document:
    """Errors: :class:`NotADocument`."""
    kind = _TYPES.get(str(data.get("type")))
    if kind is None:
        raise NotADocument(f"a document of the unknown kind {str(data.get('type'))[:40]!r}")
    return cast("Document", _read(kind, data))


def printed_to_json(printed: Printed) -> dict[str, Any]:
    return {"language": printed.language, "document": to_json(printed.document)}


def printed_from_json(data: Mapping[str, Any]) -> Printed:
    """Errors: :class:`NotADocument`."""
    language = _read(get_type_hints(Printed)["language"], data.get("language", "nb"))
    return Printed(from_json(data.get("document", {})), language)


def _written(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _written(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(wanted: Any, data: Any) -> Any:
    """``data`` as the type of a field says."""
    if is_dataclass(wanted):
        return _object(cast("type[Any]", wanted), data)
    origin = get_origin(wanted)
    if origin is tuple:
        return _tuple(get_args(wanted), data)
    if origin is Literal and data in get_args(wanted):
        return data
    if origin in (Union, UnionType):
        return _either(get_args(wanted), data)
    if wanted in (date, datetime) and isinstance(data, str):
        return _instant(wanted, data)
    if isinstance(wanted, type) and type(data) is wanted:
        return data
    raise NotADocument(f"{type(data).__name__} where {wanted} was expected")


def _object(kind: type[Any], data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise NotADocument(f"{type(data).__name__} where {kind.__name__} was expected")
    hints = _hints(cast("Hashable", kind))
    known = {name: _read(hint, data[name]) for name, hint in hints.items() if name in data}
    try:
        return kind(**known)
    except TypeError as error:
        raise NotADocument(f"{kind.__name__} is not whole: {error}") from error


def _tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        raise NotADocument(f"{type(data).__name__} where a list was expected")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], one) for one in data)
    if len(kinds) != len(data):
        raise NotADocument(f"{len(data)} values where {len(kinds)} were expected")
    return tuple(_read(kind, one) for kind, one in zip(kinds, data, strict=True))


def _either(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None and NoneType in kinds:
        return None
    for kind in kinds:
        try:
            return _read(kind, data)
        except NotADocument:
            continue
    raise NotADocument(f"{type(data).__name__} where one of {len(kinds)} kinds was expected")


def _instant(wanted: type[date], data: str) -> date:
    try:
        return wanted.fromisoformat(data)
    except ValueError as error:
        raise NotADocument("a date that is none") from error


@lru_cache(maxsize=64)
def _hints(kind: Hashable) -> dict[str, Any]:
    """Looked up once: thousands of rows of a pack are of few kinds."""
    return get_type_hints(kind)
