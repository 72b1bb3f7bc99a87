"""A draft of minutes as a Word file, and one that came back: what was changed in it, and what of that is taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from board.editable import EditableDocument, Section
from board.minutes import meeting_of_minutes, minutes_object
from board.minutes_text import Version
from board.text_diff import SectionChange as Changed
from board.text_diff import changed_sections
from board.usecases.look_at_minutes import SeenMinutes
from cards.documents.word_words import problem_words
from cards.documents.word_zones import ReadBack
from cards.i18n import Language, _, use
from cards.minutes_views import SectionChange, WordView
from cards.safe import clean, cut, one_line
from cards.templates.minutes_texts import minutes_name, section_name
from dialogs.room import Room

_QUOTED: Final = 200


def document_of(seen: SeenMinutes, version: Version, language: Language) -> EditableDocument:
    """What is written into the file: the sections that are there for the one who asked."""
    with use(language):
        title = minutes_name(seen.meeting)
    sections = tuple(seen.sight.of(version.sections))
    return EditableDocument(
        minutes_object(seen.meeting.id), version.version, version.digest, language, title, sections
    )  # fmt: skip


def is_of_minutes(back: ReadBack) -> bool:
    return meeting_of_minutes(back.object_id) is not None


@dataclass(frozen=True, slots=True)
class CameBack:
    """``texts`` are what would be taken in over the text as it is now, by section."""

    view: WordView
    texts: Mapping[str, str]


async def came_back(room: Room, seen: SeenMinutes, back: ReadBack, file: str, name: str) -> CameBack:
    """What a file changes in these minutes. Changes were made to the version that the file says it is."""
    text = seen.text
    if text is None or seen.minutes.closed_to_edits():
        sent = _("Referatet er ikke et utkast lenger, og tas ikke inn fra Word. Gi endringene som merknader.")
        return _stopped(file, name, sent)
    base = text if back.version == text.version else await room.work.minutes_book.version(seen.meeting.id, back.version)
    if base is None or base.digest != back.digest:
        other = _("Filen passer ikke med noen versjon av dette referatet. Last ned utkastet på nytt, og skriv i det.")
        return _stopped(file, name, other)
    document = document_of(seen, base, "nb")
    changes = changed_sections(document, back.sections)
    taken, clashing = _sorted_out(changes, base, text)
    notes = (*_clashes(clashing, document.sections), *_notes(changes, back, document.sections))
    shown = tuple(_shown(one, text, document.sections) for one in taken)
    return CameBack(WordView(file, name, shown, notes), {one.id: _kept(one.after) for one in taken})


def _stopped(file: str, name: str, words: str) -> CameBack:
    return CameBack(WordView(file, name, stopped=words), {})


def _kept(text: str) -> str:
    return clean(text).strip()


def _sorted_out(changes: Sequence[Changed], base: Version, now: Version) -> tuple[list[Changed], list[Changed]]:
    """Those taken in, and those of sections that somebody else has worded anew since the file was made."""
    taken: list[Changed] = []
    clashing: list[Changed] = []
    for one in changes:
        before, after = base.section(one.id), now.section(one.id)
        if one.kind != "changed" or before is None or after is None or _kept(one.after) in (before.text, after.text):
            continue
        (taken if before.text == after.text else clashing).append(one)
    return taken, clashing


def _shown(one: Changed, now: Version, sections: Sequence[Section]) -> SectionChange:
    current = now.section(one.id)
    return SectionChange(section_name(sections, one.id), current.text if current else one.before, _kept(one.after))


def _clashes(clashing: Sequence[Changed], sections: Sequence[Section]) -> Iterator[str]:
    for one in clashing:
        yield _(
            "«{section}» er endret av andre etter at filen ble lastet ned, og er ikke tatt inn. "
            "I filen står det: {text}",
            section=section_name(sections, one.id), text=_quoted(one.after),
        )  # fmt: skip


def _notes(changes: Sequence[Changed], back: ReadBack, sections: Sequence[Section]) -> Iterator[str]:
    """Everything in the file that is not taken in, each with what a person can do about it."""
    for one in changes:
        if one.kind != "changed":
            yield _NOT_TAKEN[one.kind](one, section_name(sections, one.id))
    headings = {one.id: one.heading for one in sections}
    for section_id, heading in back.headings.items():
        if section_id in headings and heading != headings[section_id]:
            yield _("Overskriften «{text}» er låst, og er ikke endret.", text=_quoted(heading))
    names = {one.id: section_name(sections, one.id) for one in sections}
    yield from (problem_words(problem, names) for problem in back.problems)
    for comment in back.comments:
        yield _(
            "Kommentar fra {who} ved «{section}», ikke tatt inn: {text}",
            who=one_line(comment.author) or _("ukjent"), section=names.get(comment.section, _("referatet")),
            text=_quoted(comment.text),
        )  # fmt: skip


def _locked(one: Changed, name: str) -> str:
    return _("«{section}» er hentet fra det som ble registrert, og er ikke endret. I filen står det: {text}",
             section=name, text=_quoted(one.after))  # fmt: skip


def _missing(_one: Changed, name: str) -> str:
    return _("«{section}» er ikke i filen. Den står som før.", section=name)


def _unknown(one: Changed, _name: str) -> str:
    return _("En del av filen hører ikke til i dette referatet, og er ikke tatt inn: {text}", text=_quoted(one.after))


_NOT_TAKEN: Final = {"locked": _locked, "missing": _missing, "unknown": _unknown}


def _quoted(text: str) -> str:
    return cut(one_line(text), _QUOTED) or _("(tom)")
