"""XML written as it comes, never held whole: well-formed whatever people typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Final, Protocol
from xml.sax.saxutils import escape, quoteattr

_NOT_XML: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END: Final = re.compile("\r\n?")
_UNKNOWN: Final = "\ufffd"


class Sink(Protocol):
    """Takes bytes: a file, or what passes them on to one."""

    def write(self, content: bytes, /) -> int: ...


def xml_text(text: str) -> str:
    """``text`` with every character that XML 1.0 cannot hold as U+FFFD, and line ends as ``\\n``."""
    return _NOT_XML.sub(_UNKNOWN, _LINE_END.sub("\n", text))


def instant(moment: datetime) -> str:
    """As xs:dateTime. Errors: ``ValueError`` for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is no instant")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Elements:
    """Elements in UTF-8, indented by two."""

    def __init__(self, out: Sink) -> None:
        self._out, self._depth = out, 0
        self._line('<?xml version="1.0" encoding="UTF-8"?>')

    @contextmanager
    def open(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        self._line(f"<{name}{_attributes(attributes)}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{name}>")

    def put(self, name: str, value: str | int | date, attributes: Mapping[str, str] | None = None) -> None:
        """One element with a value: a text, a number, a day or an instant."""
        text = instant(value) if isinstance(value, datetime) else str(value)
        self._line(f"<{name}{_attributes(attributes)}>{escape(xml_text(text))}</{name}>")

    def put_if(self, name: str, value: str | int | date | None) -> None:
        """Nothing where there is no value: an empty element says that there is one."""
        if value is not None and value != "":
            self.put(name, value)

    def _line(self, text: str) -> None:
        self._out.write(f"{'  ' * self._depth}{text}\n".encode())


def _attributes(attributes: Mapping[str, str] | None) -> str:
    return "".join(f" {key}={quoteattr(xml_text(value))}" for key, value in (attributes or {}).items())
