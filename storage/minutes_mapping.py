"""Rows of the book of minutes to the values of ``board`` and back, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from board.approval import Approval, Conclusion, Said
from board.editable import Section
from board.ids import MeetingId, PersonId, RemarkId
from board.minutes import Minutes, MinutesState
from board.minutes_ports import LockedFile
from board.minutes_text import Source, Version
from board.people import Body
from board.remarks import Remark, RemarkClass, RemarkState, RoundAnswer
from storage import minutes_records as r
from storage.transaction import Row

MINUTES_COLUMNS = tuple(column for column in r.minutes_book.columns if column.name != "leased_until")
VERSION_COLUMNS = tuple(r.minutes_versions.columns)
REMARK_COLUMNS = tuple(column for column in r.minutes_remarks.columns if column.name != "no")
ANSWER_COLUMNS = tuple(r.minutes_answers.columns)
APPROVAL_COLUMNS = tuple(column for column in r.minutes_approvals.columns if column.name != "no")
FILE_COLUMNS = tuple(r.minutes_files.columns)


def minutes_from(row: Row) -> Minutes:
    meeting, body, rev, state, version, by, at, circulated_at, remarks_due, round_closed_at, *approval = row
    called_in, digest, concluded_in, conclusion, approved_version, approved_at, approved_by, *file = approval
    sha256, name, pages = file
    return Minutes(
        meeting=MeetingId(meeting),
        body=Body(body),
        rev=rev,
        state=MinutesState(state),
        version=version,
        by=PersonId(by),
        at=at,
        circulated_at=circulated_at,
        remarks_due=remarks_due,
        round_closed_at=round_closed_at,
        called_in=_meeting(called_in),
        called_digest=digest,
        concluded_in=_meeting(concluded_in),
        conclusion=Conclusion(conclusion) if conclusion else None,
        approved_version=approved_version,
        approved_at=approved_at,
        approved_by=_person(approved_by),
        sha256=sha256,
        name=name,
        pages=pages,
    )


def minutes_values(minutes: Minutes) -> dict[str, Any]:
    """All but the meeting that they are of."""
    return {
        "body": minutes.body.value,
        "rev": minutes.rev,
        "state": minutes.state.value,
        "version": minutes.version,
        "by": minutes.by,
        "at": minutes.at,
        "circulated_at": minutes.circulated_at,
        "remarks_due": minutes.remarks_due,
        "round_closed_at": minutes.round_closed_at,
        "called_in": minutes.called_in,
        "called_digest": minutes.called_digest,
        "concluded_in": minutes.concluded_in,
        "conclusion": minutes.conclusion.value if minutes.conclusion else None,
        "approved_version": minutes.approved_version,
        "approved_at": minutes.approved_at,
        "approved_by": minutes.approved_by,
        "sha256": minutes.sha256,
        "name": minutes.name,
        "pages": minutes.pages,
    }


def version_from(row: Row) -> Version:
    meeting, version, by, at, source, reason, corrects, sections = row
    texts = tuple(_section_from(section) for section in sections)
    return Version(MeetingId(meeting), version, texts, PersonId(by), at, Source(source), reason, corrects)


def version_values(version: Version) -> dict[str, Any]:
    return {
        "meeting_id": version.meeting,
        "version": version.version,
        "by": version.by,
        "at": version.at,
        "source": version.source.value,
        "reason": version.reason,
        "corrects": version.corrects,
        "sections": [
            {"id": s.id, "heading": s.heading, "text": s.text, "editable": s.editable, "level": s.level}
            for s in version.sections
        ],
    }


def remark_from(row: Row) -> Remark:
    id_, meeting, version, person, cls, text, at, section, state, new_text, *ruling = row
    ruled_by, ruled_at, note, taken_in = ruling
    return Remark(
        id=RemarkId(id_),
        meeting=MeetingId(meeting),
        version=version,
        person=PersonId(person),
        cls=RemarkClass(cls),
        text=text,
        at=at,
        section=section,
        state=RemarkState(state),
        new_text=new_text,
        ruled_by=_person(ruled_by),
        ruled_at=ruled_at,
        note=note,
        taken_in=taken_in,
    )


def remark_values(remark: Remark) -> dict[str, Any]:
    return {
        "id": remark.id,
        "meeting_id": remark.meeting,
        "version": remark.version,
        "person_id": remark.person,
        "cls": remark.cls.value,
        "text": remark.text,
        "at": remark.at,
        "section": remark.section,
        "state": remark.state.value,
        "new_text": remark.new_text,
        "ruled_by": remark.ruled_by,
        "ruled_at": remark.ruled_at,
        "note": remark.note,
        "taken_in": remark.taken_in,
    }


def answer_from(row: Row) -> RoundAnswer:
    meeting, person, version, remarked, at = row
    return RoundAnswer(MeetingId(meeting), PersonId(person), version, bool(remarked), at)


def answer_values(answer: RoundAnswer) -> dict[str, Any]:
    return {
        "meeting_id": answer.meeting,
        "person_id": answer.person,
        "version": answer.version,
        "remarked": int(answer.remarked),
        "at": answer.at,
    }


def approval_from(row: Row) -> Approval:
    meeting, held, version, digest, member, person, said, at, note = row
    meetings, people = (MeetingId(meeting), MeetingId(held)), (PersonId(member), PersonId(person))
    return Approval(*meetings, version, digest, *people, Said(said), at, note)


def approval_values(approval: Approval) -> dict[str, Any]:
    return {
        "meeting_id": approval.meeting,
        "held": approval.held,
        "version": approval.version,
        "digest": approval.digest,
        "member": approval.member,
        "person_id": approval.person,
        "said": approval.said.value,
        "at": approval.at,
        "note": approval.note,
    }


def file_from(row: Row) -> LockedFile:
    meeting, version, sha256, pages, size, at = row
    return LockedFile(MeetingId(meeting), version, sha256, pages, size, at)


def file_values(file: LockedFile) -> dict[str, Any]:
    return {
        "meeting_id": file.meeting,
        "version": file.version,
        "sha256": file.sha256,
        "pages": file.pages,
        "size": file.size,
        "at": file.at,
    }


def _section_from(values: Mapping[str, Any]) -> Section:
    return Section(values["id"], values["heading"], values["text"], values["editable"], values.get("level", 1))


def _meeting(value: str | None) -> MeetingId | None:
    return MeetingId(value) if value else None


def _person(value: str | None) -> PersonId | None:
    return PersonId(value) if value else None
