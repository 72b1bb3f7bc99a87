"""The versions of minutes: by whom, from what, and what each changed. And a Word file that came back, the same way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cards import actions
from cards.i18n import _, ngettext_
from cards.message import About, Act, Banner, Block, Button, Json, LongText, Message, Open, Paragraph
from cards.minutes_views import MinutesView, VersionStep, WordView
from cards.templates.minutes_texts import change_blocks, minutes_name, small, version_line
from cards.templates.pack_links import link_words

_STEPS: Final = 6
_APART: Final = 2
_FROM_WORD: Final = 16


def versions_card(view: MinutesView, steps: Sequence[VersionStep]) -> Message:
    """The newest first."""
    blocks: list[Block] = []
    for step in list(reversed(steps))[:_STEPS]:
        blocks.append(Paragraph(version_line(view, step.version), strong=True))
        if step.version.reason:
            blocks.append(small(_("Begrunnelse: {reason}", reason=step.version.reason)))
        blocks += change_blocks(step.changes, _APART)
    if len(steps) > _STEPS:
        blocks.append(small(_("Eldre versjoner: {n}", n=len(steps) - _STEPS)))
    return Message(
        title=_("Versjoner: {minutes}", minutes=minutes_name(view.meeting)),
        blocks=tuple(blocks),
        buttons=(_back(view),),
        about=About(view.object_id, view.minutes.rev),
    )


def word_card(view: MinutesView, word: WordView, note: Banner | None = None) -> Message:
    """What would be changed, before anything is."""
    n = len(word.changes)
    blocks: list[Block] = [note] if note else []
    if word.stopped:
        blocks.append(Banner(word.stopped, "warning"))
    elif n:
        told = ngettext_("{n} del er endret. Ingenting er tatt inn ennå.",
                         "{n} deler er endret. Ingenting er tatt inn ennå.", n)  # fmt: skip
        blocks.append(Paragraph(told, strong=True))
    else:
        blocks.append(Paragraph(_("Ingen deler er endret i filen. Det er ingenting å ta inn."), strong=True))
    blocks += change_blocks(word.changes, _FROM_WORD)
    if word.notes:
        blocks.append(LongText(_("Dette er ikke med"), "\n".join(f"– {note}" for note in word.notes)))
    return Message(
        title=_("Word-fil til {minutes}", minutes=minutes_name(view.meeting).lower()),
        blocks=tuple(blocks),
        buttons=_word_buttons(view, word),
        summary=_("Endringer i «{name}» til referatet", name=word.name),
    )


def _word_buttons(view: MinutesView, word: WordView) -> tuple[Button, ...]:
    if word.stopped or not word.changes:
        return (_back(view),)
    version = view.text.version if view.text else 0
    data: dict[str, Json] = {"id": view.meeting.id, "version": version, "file": word.file, "name": word.name}
    discard: dict[str, Json] = {"id": view.meeting.id, "discard": True}
    return (
        Act(actions.MINUTES_TAKE_WORD, _("Ta inn"), data, "positive", with_inputs=False),
        Act(actions.MINUTES_TAKE_WORD, _("Forkast"), discard, with_inputs=False),
        _back(view),
    )


def word_ready(view: MinutesView, link: str, hours: int) -> Message:
    """The draft's address, and what to do with the file."""
    words = _("Skriv i feltene i filen, lagre den, og send den til meg her. Alle endringer vises før de tas inn.")
    return Message(
        title=minutes_name(view.meeting),
        blocks=(Paragraph(words), small(link_words(hours))),
        buttons=(Open(_("Hent Word-filen"), link), _back(view)),
    )


def word_refused(words: str) -> Message:
    """A Word file that is no draft of ours, or cannot be read."""
    return Message(_("Word-filen er ikke tatt inn"), (Banner(words, "warning"),))


def _back(view: MinutesView) -> Act:
    return Act(actions.MINUTES_OPEN, _("Vis referatet"), {"id": view.meeting.id}, with_inputs=False)
