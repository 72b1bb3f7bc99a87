"""What a person sees, before any channel has drawn it.

A :class:`Message` is plain data: words already in the reader's language, and the acts the reader may take.
A channel is one renderer of it (``cards.adaptive`` for Teams, ``cards.plain`` for notifications and e-mail),
so that a new notice touches no channel and a new channel no notice.

Every string is plain text. What a person typed can make no link, mention or format: that is the renderer's duty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["nb", "nn", "en"]

Tone: TypeAlias = Literal["default", "good", "warning", "attention", "accent"]
"""Colour is never the only bearer: renderers add a sign or a word to each tone."""

Json: TypeAlias = "str | int | bool | None | list[Json] | dict[str, Json]"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; line breaks are kept."""

    text: str
    tone: Tone = "default"
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """One sentence that must be seen first: what went wrong, what is kept, what to do now."""

    text: str
    tone: Tone = "accent"


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of two columns: label, value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LongText:
    """A text of up to 4,000 characters under a label, folded behind *vis mer*.

    ``folded``: of less weight, so that only its label stands there until somebody wants to read it.
    """

    label: str
    text: str
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step on a case's way: ``done`` ✓, ``current``, ``ahead`` or ``stopped``."""

    label: str
    state: Literal["done", "current", "ahead", "stopped"]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class MeterItem:
    label: str
    present: bool


@dataclass(frozen=True, slots=True)
class Meter:
    """How complete something is: «5 av 8 på plass», and what is missing."""

    label: str
    items: tuple[MeterItem, ...]

    @property
    def done(self) -> int:
        return sum(item.present for item in self.items)

    @property
    def total(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


FieldKind: TypeAlias = Literal["text", "long_text", "choice", "choices", "toggle", "number", "money", "date", "url"]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. The same definition is drawn as an input or asked in words.

    ``id`` is a fixed name of the interface (``conversation.md``). ``value`` is what was typed, kept as it was typed.
    ``error`` says in words what is wrong with it. ``toggle`` holds ``"true"`` or ``"false"``, ``choices`` those of the
    options that were chosen, with a comma between them.
    """

    id: str
    kind: FieldKind
    label: str
    value: str = ""
    required: bool = False
    hint: str = ""
    error: str = ""
    options: tuple[Option, ...] = ()
    max_length: int = 4000


@dataclass(frozen=True, slots=True)
class Inputs:
    """A run of form fields inside a message, under a ``heading`` where a long form has several.

    ``folded``: what few need to fill in, behind *vis*; it stands open where a field holds an answer or an error.
    """

    fields: tuple[Field, ...]
    heading: str = ""
    folded: bool = False


Block: TypeAlias = Paragraph | Banner | Facts | LongText | Steps | Meter | Inputs


@dataclass(frozen=True, slots=True)
class Act:
    """A button that does something: a fixed ``verb`` and data that is a request, never authority.

    With ``fields``, pressing it first unfolds those inputs (a reason, a deadline) under the button; ``send`` is then
    what the button under them says, where that is another word than ``label``.
    ``with_inputs`` says whether the message's own :class:`Inputs` are sent along.
    """

    verb: str
    label: str
    data: Mapping[str, Json] = field(default_factory=dict)
    style: Literal["default", "positive", "destructive"] = "default"
    fields: tuple[Field, ...] = ()
    with_inputs: bool = True
    send: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """A button that writes a command for the person: it teaches the words while it saves typing."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Open:
    """A button that opens an https address; in local mode also one of this machine over http."""

    label: str
    url: str


Button: TypeAlias = Act | Say | Open


@dataclass(frozen=True, slots=True)
class About:
    """The object a message shows, and the revision it was drawn from: its copies are redrawn when that changes."""

    object_id: str
    rev: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as Typst source, which a channel turns into an image, and what it shows, in words."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Answering:
    """How somebody answers who reads a message where nothing can be pressed.

    ``url`` opens a page that takes one answer, until ``until``; ``offers`` are the answers it takes, ``asks`` what it
    asks where the message itself does not say that. Empty: there is no such page. ``chats``: where the reader has an
    account, by channel.
    """

    chats: tuple[str, ...] = ("teams",)
    url: str = ""
    until: datetime | None = None
    offers: tuple[str, ...] = ()
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One question, answerable without opening anything else.

    ``title`` reads well as a phone notification; ``summary`` replaces it there when more must be said.
    ``why`` is the sentence «Du får denne fordi …». At most six buttons.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    why: str = ""
    summary: str = ""
    about: About | None = None
    tone: Tone = "default"
    picture: Picture | None = None
    """Sent as a message of its own, without anything else; ``Picture.alt`` says in words what it shows."""
    language: Language = "nb"
    """The reader's language: what the renderer itself writes («vis mer») follows it."""
    answering: Answering | None = None
    """Set for e-mail only, at delivery."""
