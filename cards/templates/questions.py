"""One question at a time, in words: what is asked, what helps, and the likeliest answers as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cards.i18n import _
from cards.message import Banner, Block, Button, Message, Option, Paragraph, Say

MOST_BUTTONS: Final = 6


def question(
    ask: str,
    *,
    help_text: str = "",
    options: Sequence[Option] = (),
    position: tuple[int, int] | None = None,
    note: Banner | None = None,
    now: str = "",
    buttons: Sequence[Button] = (),
) -> Message:
    """``position`` is (this, of how many); ``now`` the answer that stands there already.

    Up to six options are buttons that write the answer; more are a numbered list, and the number is an answer.
    """
    blocks: list[Block] = [note] if note else []
    if position:
        blocks.append(Paragraph(_("Spørsmål {n} av {total}", n=position[0], total=position[1]), small=True))
    if now:
        blocks.append(Paragraph(_("Nå står det: {answer}", answer=now)))
    if help_text:
        blocks.append(Paragraph(help_text, small=True))
    if len(options) > MOST_BUTTONS - len(buttons):
        blocks.append(Paragraph("\n".join(f"{number}  {option.label}" for number, option in enumerate(options, 1))))
        blocks.append(Paragraph(_("Svar med nummeret eller navnet."), small=True))
        answers: list[Button] = []
    else:
        answers = [Say(option.label, option.label) for option in options]
    return Message(
        title=ask,
        blocks=tuple(blocks),
        buttons=(*answers, *buttons),
        summary=f"{note.text} {ask}" if note else ask,
    )


def yes_no(
    ask: str, *, position: tuple[int, int] | None = None, note: Banner | None = None, to_all: bool = False
) -> Message:
    """A question with the two answers as buttons; ``to_all`` offers «nei til alle» as well."""
    buttons = [Say(_("Ja"), _("ja")), Say(_("Nei"), _("nei"))]
    if to_all:
        buttons.append(Say(_("Nei til alle"), _("nei til alle")))
    return question(ask, position=position, note=note, buttons=buttons)
