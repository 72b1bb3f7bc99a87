"""What is found while a Word file is read: the text of each part, and what is no text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

ProblemKind: TypeAlias = Literal[
    "outside", "duplicate", "table", "picture", "object", "footnote", "textbox", "symbol", "tracked", "more"
]
"""``outside``: text in no field; ``duplicate``: a field that stands there more than once, with different texts, so that
none is taken; ``table``: taken as lines; ``tracked``: changes that were not accepted yet, taken as accepted; ``more``:
so many more that are not listed. The rest is not taken: pictures, objects, footnotes, text boxes, unknown symbols."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``section``: the one it is in, or for text outside the one before it; empty above the first. ``text``: what was
    found, as far as it has words: of tracked changes their authors."""

    kind: ProblemKind
    section: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin; ``section`` as in :class:`Problem`, empty where it hangs on no text any more."""

    author: str
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A file as it came back. ``sections``: the texts by id; one that is missing was not found, and nothing more."""

    object_id: str
    version: int
    digest: str
    sections: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    comments: tuple[Comment, ...] = ()
    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    """By section id. They are locked; another wording comes from a program that does not keep to that."""


@dataclass(slots=True)
class Sink:
    """Text as it is read: words make up a line until the paragraph ends.

    ``sign`` gives what stands before the first word of a list's line; asked for then only, as it counts.
    """

    parts: list[str] = field(default_factory=list)
    sign: Callable[[], str] | None = None
    open: bool = False
    started: bool = False

    def begin(self, sign: Callable[[], str]) -> None:
        """A paragraph begins, or goes on with the words of the one before, whose end was deleted."""
        if not self.open:
            self.sign = sign

    def add(self, text: str) -> None:
        if not text:
            return
        if not self.open:
            self._line()
            self.parts.append(self.sign() if self.sign else "")
            self.open = True
        self.parts.append(text)

    def end(self) -> None:
        if not self.open:
            self._line()
        self.open = False
        self.sign = None

    def _line(self) -> None:
        if self.started:
            self.parts.append("\n")
        self.started = True

    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class Zone:
    """A stretch of the file: one content control, or what stands in none (``kind`` empty).

    ``control``: its number in the file. Word gives a copy another one; programs that split a control keep it.
    """

    kind: str = ""
    id: str = ""
    control: str = ""
    sink: Sink = field(default_factory=Sink)
    authors: set[str] = field(default_factory=set)
