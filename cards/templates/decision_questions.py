"""What was decided, asked in words one question at a time; and what will be saved, before it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.decision import Outcome
from cards.i18n import _, noop
from cards.labels import decided_name
from cards.message import Banner, LongText, Message, Option, Paragraph, Say
from cards.safe import cut
from cards.sitting_views import SittingLine
from cards.templates.questions import question, yes_no
from cards.templates.sitting_texts import placed

_ASK: Final = {
    "outcome": noop("Hva ble utfallet av {item}?"),
    "text": noop("Hva ble vedtatt?"),
    "conditions": noop("Hvilke vilkår? Ett per linje: tekst; eier; dato"),
    "left": noop("Gikk noen ut under saken?"),
    "dissent": noop("Stemte noen imot?"),
    "statement": noop("Var det noen protokolltilførsel?"),
    "save": noop("Skal jeg lagre dette?"),
}
_HELP: Final = {
    "text": noop("«Hopp over» lar teksten stå."),
    "left": noop("Skriv navnene med komma mellom, eller «ingen»."),
    "dissent": noop("Skriv navnene med komma mellom, eller «ingen» når det var enstemmig."),
    "statement": noop("Skriv den, eller «ingen»."),
}
_NOW: Final = 300
_NONE: Final = frozenset({"left", "dissent", "statement"})


def ask_words(name: str, line: SittingLine) -> str:
    return _(_ASK[name], item=placed(line, 60))


def ask(
    name: str, line: SittingLine, position: tuple[int, int], *, options: tuple[Option, ...] = (), now: str = "",
    note: Banner | None = None,
) -> Message:  # fmt: skip
    """``now``: what stands there and stays with «hopp over»."""
    help_ = _HELP.get(name, "")
    buttons = [Say(_("Ingen"), _("ingen"))] if name in _NONE else []
    return question(
        ask_words(name, line), help_text=_(help_) if help_ else "", options=options, position=position,
        now=cut(now, _NOW), note=note, buttons=buttons,
    )  # fmt: skip


def review(line: SittingLine, values: Mapping[str, str], names: Mapping[str, str], note: Banner | None) -> Message:
    """``values``: what will be saved; ``names``: of those who went out and voted against, joined."""
    said = [placed(line), _("Utfall: {outcome}", outcome=decided_name(Outcome(values["outcome"])))]
    said.append(_("Gikk ut: {who}", who=names["left"] or _("ingen")))
    said.append(_("Imot: {who}", who=names["dissent"] or _("ingen, enstemmig")))
    asked = yes_no(ask_words("save", line), note=note)
    long = [LongText(_(label), values[name]) for name, label in _LONG.items() if values.get(name)]
    blocks = (*asked.blocks, Paragraph("\n".join(said)), *long)
    return Message(title=asked.title, blocks=blocks, buttons=asked.buttons, summary=asked.summary)


_LONG: Final = {"text": noop("Vedtak"), "conditions": noop("Vilkår"), "statement": noop("Protokolltilførsel")}
