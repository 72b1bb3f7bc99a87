"""A meeting's archive, put together from what was read and printed. Pure, but for the language that is in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from board.ids import MeetingId
from board.mandate import Mandate
from board.minutes import MinutesState
from board.people import Body
from bot.archive.case_parts import case_folder, case_registrations
from bot.archive.codes import RegistrationType
from bot.archive.files import Filed, made_pdf, sent_in, written
from bot.archive.missing import Missing, MissingCode
from bot.archive.record import ArchivedDocument, ArchivedFile, Extraction, MeetingFolder, Registration, Remark, Stamp
from bot.archive.sources import Sources
from bot.archive.words import body_words, meeting_number, meeting_screening, meeting_title, participants, stamp
from cards.archive_record import plain_text
from cards.labels import label

_GROUP: Final = frozenset(
    {
        *(RegistrationType.AGENDA, RegistrationType.CASE_PAPER, RegistrationType.CASE_RECORD),
        RegistrationType.MINUTES,
    }
)
_EXPECTED: Final = {
    Body.BOARD: _GROUP | {RegistrationType.SUMMONS, RegistrationType.PUBLIC_AGENDA},
    Body.WORKING_GROUP: _GROUP,
    Body.OFFICE: frozenset[RegistrationType](),
}


def assemble(sources: Sources, mandate: Mandate) -> Extraction:
    """Everything of one meeting."""
    facts = sources.facts
    board = label(mandate.board)
    return Extraction(
        id=f"meeting:{facts.meeting.id}",
        title=f"{board}: {meeting_title(facts.meeting)}",
        creator_id=board,
        creator=board,
        unit=sources.unit,
        at=facts.latest,
        meetings=(_folder(sources, mandate),),
        cases=tuple(case_folder(case, facts) for case in facts.cases.values()),
        missing=tuple(_known_to_be_missing(sources)),
    )


def _folder(sources: Sources, mandate: Mandate) -> MeetingFolder:
    facts = sources.facts
    meeting, held = facts.meeting, facts.sitting
    closed = stamp(held.closed_at, held.closed_by, facts) if held and held.closed_at else None
    return MeetingFolder(
        id=meeting.id,
        number=meeting_number(meeting),
        body=body_words(meeting, mandate),
        title=meeting_title(meeting),
        day=meeting.day,
        created=_created(sources),
        closed=closed,
        place=meeting.place,
        previous=facts.previous.id if facts.previous else "",
        next=facts.next.id if facts.next else "",
        participants=participants(facts),
        cases=tuple(facts.cases),
        registrations=tuple(_registrations(sources)),
        remarks=tuple(_remarks(sources)),
        expects=_EXPECTED[meeting.body],
    )


def _created(sources: Sources) -> Stamp:
    """Of the pack, else of the agenda, else the day itself: the folder begins with the first that is certain."""
    facts = sources.facts
    if facts.agenda is not None:
        return stamp(facts.agenda.built_at, facts.agenda.built_by, facts)
    return Stamp(facts.meeting.changed_at or facts.meeting.starts_at, sources.unit)


def _remarks(sources: Sources) -> Iterator[Remark]:
    """What the chair said that concerns the whole meeting."""
    facts = sources.facts
    held = facts.sitting
    if held is not None and held.without_quorum:
        yield Remark(held.without_quorum, stamp(held.closed_at or held.started_at, held.quorum_by, facts), "quorum")
    for one in facts.dispensations:
        if one.is_granted and one.case is None and one.ruled_at is not None:
            yield Remark(one.ruling, stamp(one.ruled_at, one.ruled_by, facts), one.gate.value)


def _registrations(sources: Sources) -> Iterator[Registration]:
    facts = sources.facts
    if facts.pack is not None and facts.whole is not None:
        filed = Filed(sources.path(facts.whole.sha256), facts.whole.sha256, facts.whole.size)
        if facts.meeting.body is Body.BOARD:
            yield _sent(RegistrationType.SUMMONS, filed, "innkalling", sources)
    for kind in (RegistrationType.AGENDA, RegistrationType.PUBLIC_AGENDA):
        if paper := sources.made.get((kind, None)):
            yield _sent(kind, paper, "saksliste", sources)
    for case in facts.cases.values():
        yield from case_registrations(case, sources)
    if files := tuple(_minutes_files(sources)):
        yield _minutes(files, sources)


def _sent(kind: RegistrationType, filed: Filed, name: str, sources: Sources) -> Registration:
    facts = sources.facts
    pack = facts.pack
    created = stamp(pack.sent_at, pack.by, facts) if pack else _created(sources)
    file = made_pdf(filed, name, created, pack.version if pack else 1)
    return _of_meeting(kind, (file,), created, sources)


def _of_meeting(
    kind: RegistrationType, files: tuple[ArchivedFile, ...], created: Stamp, sources: Sources, *, finished: bool = True
) -> Registration:
    id_ = f"{sources.facts.meeting.id}:{kind.value}"
    title = f"{sources.word(kind)}: {meeting_title(sources.facts.meeting)}"
    document = ArchivedDocument(f"{id_}:1", sources.word(kind), title, created, files, finished=finished)
    screening = meeting_screening(sources.facts) if kind is not RegistrationType.PUBLIC_AGENDA else None
    return Registration(
        id=id_,
        type=kind,
        title=title,
        created=created,
        archived=sources.archived,
        handler=sources.handler,
        documents=(document,),
        number=f"{meeting_number(sources.facts.meeting)} {kind.value}",
        screening=screening,
    )


# -- minutes -------------------------------------------------------------------------------------------------------


def _minutes_files(sources: Sources) -> Iterator[ArchivedFile]:
    """The locked files, else the one that was filed, else the text as it stands."""
    facts = sources.facts
    minutes = facts.minutes
    if minutes is None:
        return
    created = stamp(minutes.approved_at or minutes.at, minutes.approved_by or minutes.by, facts)
    for locked in facts.locked:
        filed = Filed(sources.path(locked.sha256), locked.sha256, locked.size)
        yield made_pdf(filed, "referat", Stamp(locked.at, created.by), locked.version)
    if facts.locked:
        return
    if minutes.state is MinutesState.FILED and minutes.sha256:
        yield sent_in(Filed(sources.path(minutes.sha256), minutes.sha256, 0), minutes.name, "referat", created)
    elif facts.version is not None:
        sections = [(section.heading, section.text) for section in facts.version.sections]
        text = plain_text(meeting_title(facts.meeting), sections)
        yield written(text, "referat-ikke-godkjent", stamp(facts.version.at, facts.version.by, facts), minutes.version)


def _minutes(files: tuple[ArchivedFile, ...], sources: Sources) -> Registration:
    done = bool(sources.facts.locked) or sources.facts.minutes is None or sources.facts.minutes.is_approved
    return _of_meeting(RegistrationType.MINUTES, files, files[-1].created, sources, finished=done)


def _known_to_be_missing(sources: Sources) -> Iterator[Missing]:
    facts = sources.facts
    minutes = facts.minutes
    if minutes is not None and minutes.state is not MinutesState.FILED and not facts.locked:
        yield Missing(MissingCode.MINUTES_NOT_LOCKED, meeting_number(facts.meeting))
    if facts.meeting.body is Body.BOARD:
        for meeting in facts.group:
            if not _approved(meeting.id, sources):
                yield Missing(MissingCode.WG_MINUTES_NOT_APPROVED, meeting_number(meeting))


def _approved(meeting: MeetingId, sources: Sources) -> bool:
    known = sources.facts.group_minutes.get(meeting)
    return known is not None and (known.is_approved or known.state is MinutesState.FILED)
