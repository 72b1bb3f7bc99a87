"""Messages that hold every kind of block, field and button."""

from __future__ import annotations

from typing import Final, get_args

from cards.message import (
    About,
    Act,
    Banner,
    Block,
    Button,
    Facts,
    Field,
    FieldKind,
    Inputs,
    LongText,
    Message,
    Meter,
    MeterItem,
    Open,
    Option,
    Paragraph,
    Say,
    Step,
    Steps,
    Tone,
)

TONES: Final[tuple[Tone, ...]] = get_args(Tone)
KINDS: Final[tuple[FieldKind, ...]] = get_args(FieldKind)
OPTIONS: Final = tuple(Option(f"o{number}", f"Valg {number}") for number in range(9))


def field(kind: FieldKind, *, text: str = "Tittel", filled: bool, wrong: bool, required: bool) -> Field:
    value = {"choice": "o3", "choices": "o3,o1", "toggle": "true"}.get(kind, "12,5 mill")
    return Field(
        id=f"{kind}_{filled}_{wrong}_{required}",
        kind=kind,
        label=text,
        value=value if filled else "",
        required=required,
        hint=text * (30 if wrong else 1),
        error=text if wrong else "",
        options=OPTIONS if kind in ("choice", "choices") else (),
    )


def fields(text: str = "Tittel") -> tuple[Field, ...]:
    flags = ((False, False, False), (True, False, True), (False, True, True))
    return tuple(field(kind, text=text, filled=f, wrong=w, required=r) for kind in KINDS for f, w, r in flags)


def blocks(text: str = "Tekst") -> tuple[Block, ...]:
    return (
        *(Paragraph(text, tone) for tone in TONES),
        Paragraph(text, strong=True, small=True),
        *(Banner(text, tone) for tone in TONES),
        Facts(((text, text), ("Eier", ""))),
        Facts(()),
        LongText(text, text),
        LongText("Bakgrunn", f"{text}\n" * 200),
        LongText("Tomt", ""),
        Steps(tuple(Step(text, state, text) for state in ("done", "current", "ahead", "stopped"))),
        Steps((Step("Meldt", "done"),)),
        Meter(text, (MeterItem(text, True), MeterItem(text, False))),
        Meter("Ingen", ()),
        Meter("Alle", (MeterItem("a", True),)),
        Inputs(fields(text)),
    )


def buttons(text: str = "Send") -> tuple[Button, ...]:
    reason = Field("reason", "long_text", text, required=True, hint=text)
    sure = Field("sure", "toggle", text, required=True)
    choice = Field("deputy", "choice", text, options=OPTIONS, required=True)
    return (
        Act("case.submit", text, {"id": "x", "rev": 3}, "positive"),
        Act("case.save", text, with_inputs=False),
        Act("case.return", text, {"id": "x"}, "destructive", (reason, choice)),
        Act("case.out_of_scope", text, {"id": "x"}, fields=(reason, sure)),
        Say(text, text),
        Open(text, "https://example.org/mandat?a=1#b"),
    )


def message(text: str = "Sak 012-2026", tone: Tone = "default") -> Message:
    return Message(
        title=text,
        blocks=blocks(text),
        buttons=buttons(text),
        why=text,
        summary=text,
        about=About("x", 3),
        tone=tone,
    )
