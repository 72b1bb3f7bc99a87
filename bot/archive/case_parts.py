"""A case of a meeting in the archive: its folder, its paper, its enclosures, and the record of its treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from board.case import Case
from board.clock import local_day
from board.decision import Decision
from board.ids import PersonId
from board.people import Body
from board.states import CaseState
from board.treatment import Treatment, WgOutcome
from bot.archive.codes import CaseStatus, OutcomeCode, RegistrationType
from bot.archive.facts import Facts
from bot.archive.files import Filed, made_pdf, sent_in, written
from bot.archive.record import ArchivedDocument, ArchivedFile, CaseFolder, Party, Registration, Screening, Stamp
from bot.archive.sources import Sources
from bot.archive.words import extras_of, meeting_title, name_of, number_of, screening_of, stamp
from cards.archive_record import CaseRecord, record_text
from cards.archive_texts import conditional, said_by, submitter_word
from cards.formats import date_time, short_date
from cards.labels import decided_name, kind_name, outcome_name

_NUMBER: Final = re.compile(r"(\d+)\D+(\d{4})\b")
_STATUS: Final = {
    CaseState.CLOSED: CaseStatus.CLOSED,
    CaseState.WITHDRAWN: CaseStatus.LAPSED,
    CaseState.OUT_OF_SCOPE: CaseStatus.LAPSED,
}
_WG_CODE: Final = {WgOutcome.POSTPONED: OutcomeCode.POSTPONED, WgOutcome.SENT_BACK: OutcomeCode.SENT_BACK}


def case_folder(case: Case, facts: Facts) -> CaseFolder:
    number = case.board_number or number_of(case, facts)
    found = _NUMBER.search(number)
    status = _STATUS.get(case.state, CaseStatus.OPEN)
    created = local_day(case.created_at)
    content = case.content
    return CaseFolder(
        id=case.id,
        number=number,
        year=int(found[2]) if found else created.year,
        sequence=int(found[1]) if found else 0,
        title=content.title or number or case.id,
        day=created,
        responsible=name_of(case.owner or case.submitter, facts),
        created=stamp(case.created_at, case.submitter, facts),
        closed=stamp(case.updated_at, None, facts) if status is not CaseStatus.OPEN else None,
        status=status,
        public_title=content.public_title,
        description=content.summary,
        earlier_numbers=tuple(one for one in case.earlier_numbers if one != number),
        parties=(Party(name_of(case.submitter, facts), submitter_word()),),
        screening=screening_of(case),
        extras=extras_of(case),
    )


def case_registrations(case: Case, sources: Sources) -> Iterator[Registration]:
    """The paper, the enclosures, the record: those that there are."""
    paper = sources.made.get((RegistrationType.CASE_PAPER, case.id))
    facts = sources.facts
    if paper is not None and facts.pack is not None:
        sent = stamp(facts.pack.sent_at, facts.pack.by, facts)
        file = made_pdf(paper, _label(case, facts), sent, facts.pack.version)
        yield _registration(RegistrationType.CASE_PAPER, case, sources, file, sent)
    for number in range(1, len(case.documents) + 1):
        yield _enclosure(case, number, sources)
    if record := _record(case, sources):
        yield record


def _label(case: Case, facts: Facts, more: str = "") -> str:
    return f"{number_of(case, facts) or case.id} {more}".strip()


def _registration(
    kind: RegistrationType, case: Case, sources: Sources, file: ArchivedFile, created: Stamp
) -> Registration:
    facts = sources.facts
    id_ = f"{facts.meeting.id}:{kind.value}:{case.id}"
    document = ArchivedDocument(f"{id_}:1", sources.word(kind), case.content.title, created, (file,))
    return _about(kind, id_, case, sources, (document,), created, case.content.title, screening_of(case))


def _about(
    kind: RegistrationType,
    id_: str,
    case: Case,
    sources: Sources,
    documents: tuple[ArchivedDocument, ...],
    created: Stamp,
    title: str,
    screening: Screening | None,
) -> Registration:
    facts = sources.facts
    item = facts.agenda.item_of(case.id) if facts.agenda else None
    return Registration(
        id=id_,
        type=kind,
        title=title or number_of(case, facts),
        created=created,
        archived=sources.archived,
        handler=sources.handler,
        documents=documents,
        number=number_of(case, facts),
        public_title=case.content.public_title if screening else "",
        case=case.id,
        case_type=kind_name(item.kind) if item else "",
        screening=screening,
    )


def _enclosure(case: Case, number: int, sources: Sources) -> Registration:
    facts, document = sources.facts, case.documents[number - 1]
    created = stamp(document.at, document.by, facts)
    files: tuple[ArchivedFile, ...] = ()
    if document.sha256:
        filed = Filed(sources.path(document.sha256), document.sha256, document.size)
        files = (sent_in(filed, document.name, _label(case, facts, f"{number} {document.type}"), created),)
    screening = Screening(document.legal_basis, document.exempt_until) if document.exempt else None
    held = ArchivedDocument(
        document.id, document.type, document.name or document.type, created, files, url=document.url,
        screening=screening,
    )  # fmt: skip
    id_ = f"{facts.meeting.id}:VL:{document.id}"
    return _about(
        RegistrationType.ENCLOSURE, id_, case, sources, (held,), created, document.name or document.type, screening
    )


# -- the record ----------------------------------------------------------------------------------------------------


def _record(case: Case, sources: Sources) -> Registration | None:
    """Of the board what was decided; of the working group how it treated the case."""
    facts = sources.facts
    if facts.meeting.body is Body.WORKING_GROUP:
        treated = next((one for one in facts.treated if one.case == case.id), None)
        return _treated(case, treated, sources) if treated else None
    decision = facts.decisions.get(case.id)
    return _decided(case, decision, sources) if decision else None


def _decided(case: Case, decision: Decision, sources: Sources) -> Registration:
    facts = sources.facts
    created = stamp(decision.recorded_at, decision.recorded_by, facts)
    text = record_text(_decision_words(case, decision, facts))
    record = _registration(
        RegistrationType.CASE_RECORD, case, sources, written(text, _label(case, facts), created), created
    )
    return sources.treated(record, OutcomeCode(decision.noark), decision.outcome.value)


def _decision_words(case: Case, decision: Decision, facts: Facts) -> CaseRecord:
    def names(people: tuple[PersonId, ...]) -> tuple[str, ...]:
        return tuple(name_of(person, facts) for person in people)

    published = decision.published_at
    return CaseRecord(
        number=number_of(case, facts),
        title=case.content.title,
        meeting=meeting_title(facts.meeting),
        outcome=decided_name(decision.outcome),
        text=decision.text,
        proposal=decision.proposal if decision.proposal != decision.text else "",
        conditions=tuple(
            conditional(one.text, name_of(one.owner, facts), short_date(one.due)) for one in decision.conditions
        ),
        present=names(decision.present),
        left=names(decision.left),
        dissent=names(decision.dissent),
        inhabil=_inhabil(case, facts),
        statement=decision.statement,
        statements=_statements(case, facts),
        dispensations=tuple(one.ruling for one in facts.dispensations if one.is_granted and one.case == case.id),
        published=date_time(published) if published else "",
        unanimous=decision.is_unanimous and bool(decision.present),
    )


def _treated(case: Case, treated: Treatment, sources: Sources) -> Registration:
    facts = sources.facts
    created = stamp(treated.at, treated.by, facts)
    words = CaseRecord(
        number=treated.number,
        title=case.content.title,
        meeting=meeting_title(facts.meeting),
        outcome=outcome_name(treated.outcome),
        text=treated.remarks,
        inhabil=_inhabil(case, facts),
        statements=_statements(case, facts),
    )
    file = written(record_text(words), _label(case, facts), created)
    record = _registration(RegistrationType.CASE_RECORD, case, sources, file, created)
    return sources.treated(record, _WG_CODE.get(treated.outcome, OutcomeCode.TREATED), treated.outcome.value)


def _inhabil(case: Case, facts: Facts) -> tuple[str, ...]:
    return tuple(name_of(one.person, facts) for one in facts.conflicts if one.case == case.id and one.is_excluded)


def _statements(case: Case, facts: Facts) -> tuple[str, ...]:
    return tuple(said_by(name_of(one.person, facts), one.text) for one in facts.statements.get(case.id, ()))
