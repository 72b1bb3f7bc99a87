"""Presses that word minutes anew: one part in chat, or a Word file out and in again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from board.errors import Refusal, RefusalCode
from board.ids import MeetingId
from board.minutes import meeting_of_minutes
from board.minutes_commands import EditMinutes
from board.minutes_text import Source
from board.usecases.ask_minutes_word import ask_minutes_word
from board.usecases.edit_minutes import edit_minutes
from board.usecases.look_at_minutes import look_at_minutes
from cards import actions
from cards.documents.word_read import Unreadable
from cards.documents.word_words import unfit_words
from cards.documents.word_zones import ReadBack
from cards.i18n import _, ngettext_
from cards.message import Banner, Message
from cards.minutes_views import Typed
from cards.safe import clean, cut, one_line
from cards.templates.minutes_versions import word_card, word_ready, word_refused
from cards.templates.pack_links import no_address
from cards.templates.refusals import plain_refusal
from dialogs import minutes_present as present
from dialogs.documents_talk import Found
from dialogs.minutes_acts import MOST, meeting_id, version
from dialogs.minutes_word import came_back, is_of_minutes
from dialogs.present import refusal_note
from dialogs.pressed import Data, Handler, text
from dialogs.room import Reply, Room, say, show

WORD: Final = ".docx"
OURS: Final = "referat-"
"""How the name of a draft that is given out begins."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_NAME: Final = 120


# -- in chat -----------------------------------------------------------------------------------------------------------


async def _section(room: Room, data: Data) -> Reply:
    """A message of its own; in place where one is read already. Without one chosen, that is asked for."""
    section = text(data, "section")[:MOST]
    note = None if section else Banner(_("Velg hvilken del du vil lese."), "warning")
    card = await present.section_of(room, meeting_id(data), section, note)
    return show(card) if data.get("here") or not section else say(card)


async def _edit(room: Room, data: Data) -> Reply:
    section, seen = text(data, "section")[:MOST], version(data)
    value = data.get("text")
    written = clean(value).strip() if isinstance(value, str) else ""
    command = EditMinutes(meeting_id(data), seen, {section: written})
    result = await edit_minutes(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        note = await refusal_note(room, result)
        return show(await present.section_of(room, command.meeting, section, note, Typed(written, seen)))
    if result.after is result.before:
        return show(await present.section_of(room, command.meeting, section, Banner(_("Ingenting er endret."))))
    note = Banner(_("Lagret som versjon {n}.", n=result.after.version), "good")
    return show(await present.section_of(room, command.meeting, section, note), redrawn=True)


# -- files -------------------------------------------------------------------------------------------------------------


async def _word(room: Room, data: Data) -> Reply:
    if not room.site:
        return say(no_address())
    meeting = meeting_id(data)
    secret = await ask_minutes_word(meeting, room.link_hours, room.actor, room.work, room.rules)
    if isinstance(secret, Refusal):
        return show(await present.refused(room, secret, meeting))
    view = await present.view_of(room, meeting)
    if isinstance(view, Refusal):
        raise TypeError(f"an address of {meeting} was given to one who may not see it")
    return say(word_ready(view, f"{room.site}/minutes/{secret}{WORD}", room.link_hours))


# -- a Word file that came back ----------------------------------------------------------------------------------------


async def take_files(room: Room, files: Sequence[Found]) -> Reply | None:
    """The differences of each draft among the files; None where none of them is a draft of minutes of ours."""
    if not room.actor.is_handler:
        return None
    shown = [card for file in files if (card := await _shown(room, file))]
    return Reply(tuple(shown)) if shown else None


async def _shown(room: Room, file: Found) -> Message | None:
    name = cut(one_line(file.name), _NAME)
    if room.read_word is None or not file.sha256 or not name.lower().endswith(WORD):
        return None
    back = await room.read_word(file.sha256)
    if isinstance(back, Unreadable):
        return word_refused(unfit_words(back.reason)) if name.lower().startswith(OURS) else None
    if not is_of_minutes(back):
        return None
    return await _differences(room, back, file.sha256, name)


async def _differences(room: Room, back: ReadBack, file: str, name: str, note: Banner | None = None) -> Message:
    meeting = meeting_of_minutes(back.object_id) or MeetingId("")
    seen = await look_at_minutes(meeting, room.actor, room.work, room.rules)
    if isinstance(seen, Refusal):
        return word_refused(_("Filen er et utkast til et referat som ikke er her. Last ned utkastet på nytt."))
    found = await came_back(room, seen, back, file, name)
    return word_card(await present.view_from(room, seen), found.view, note)


async def _take_word(room: Room, data: Data) -> Reply:
    meeting = meeting_id(data)
    if data.get("discard"):
        note = Banner(_("Endringene i filen er ikke tatt inn."))
        return show(await present.card_of(room, meeting, note))
    file, name = text(data, "file"), cut(one_line(text(data, "name")), _NAME)
    back = await _read_again(room, file)
    if back is None or meeting_of_minutes(back.object_id) != meeting:
        return show(await present.refused(room, Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("file",)}), meeting))
    seen = await look_at_minutes(meeting, room.actor, room.work, room.rules)
    if isinstance(seen, Refusal):
        return show(plain_refusal(await refusal_note(room, seen)))
    found = await came_back(room, seen, back, file, name)
    command = EditMinutes(meeting, version(data), found.texts, Source.WORD)
    result = await edit_minutes(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal) and result.code is RefusalCode.OTHER_VERSION:
        return show(await _differences(room, back, file, name, await refusal_note(room, result)))
    if isinstance(result, Refusal):
        return show(await present.refused(room, result, meeting))
    n = len(found.texts)
    words = ngettext_("{n} del er tatt inn, som versjon {version}.", "{n} deler er tatt inn, som versjon {version}.",
                      n, version=result.after.version)  # fmt: skip
    return show(await present.card_of(room, meeting, Banner(words, "good")), redrawn=True)


async def _read_again(room: Room, file: str) -> ReadBack | None:
    if room.read_word is None or not _SHA256.fullmatch(file):
        return None
    back = await room.read_word(file)
    return None if isinstance(back, Unreadable) else back


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.MINUTES_SECTION: _section,
    actions.MINUTES_EDIT: _edit,
    actions.MINUTES_WORD: _word,
    actions.MINUTES_TAKE_WORD: _take_word,
}
