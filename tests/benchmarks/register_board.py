"""A register of many decisions, as it is after many years of meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import insert, text

from board.decision import Outcome
from board.ids import CaseId, MeetingId
from board.register import RegisterEntry, Sees
from storage import register_records as r
from storage.register_mapping import entry_values
from storage.register_terms import terms_by_reading
from storage.statements import binds
from storage.transaction import Tx

FEW: Final = 1_000
NEWEST: Final = date(2026, 10, 1)
A_YEAR: Final = 300
"""Decisions; so the newest three years are the same ones, however many there are."""
CASES: Final = 60
"""Decisions whose case there is; the others' are made up. Nobody owns more of them when there are more decisions."""
KINDS: Final = 2_090
"""After so many the lists below begin at the same place again."""
_IN_A_PUT: Final = 5_000
_WHAT: Final = (
    "journalsystem", "kurveløsning", "laboratoriesystem", "radiologiløsning", "legemiddelforsyning", "pasientlogistikk",
    "medisinsk utstyr", "nettverk", "identitetsstyring", "arkivløsning", "talegjenkjenning", "beredskapsplan",
    "økonomisystem", "personalsystem", "innkjøpsløsning", "skyplattform", "dataplattform", "bildearkiv", "mikrobiologi",
)  # fmt: skip
_WHERE: Final = (
    "Akershus", "Oslo", "Sunnaas", "Vestfold", "Innlandet", "Telemark", "Østfold", "Sørlandet", "Vestre Viken",
    "Sykehuspartner", "Sykehusapotekene",
)  # fmt: skip
_STAGE: Final = ("oppstart av konseptfasen", "overgang til planlegging", "gjennomføring", "avslutning", "ny ramme")
_TEXT: Final = "Styret godkjenner {stage} for {what} ved sykehusene i {where} innenfor budsjettet. {haste}"
_HASTE: Final = ("Innføringen haster.", "Innføringen kan vente.")
"""Each is in half of the decisions, and both are in none."""
_OUTCOMES: Final = (
    *[Outcome.ADOPTED] * 7, Outcome.ADOPTED_WITH_CONDITIONS, Outcome.REJECTED, Outcome.POSTPONED, Outcome.SENT_BACK,
)  # fmt: skip
RARE: Final = "kvasarport"
"""A word that few decisions of the newest hold."""


def decision(n: int) -> RegisterEntry:
    """The ``n``-th newest, from 0."""
    what, where, stage = _WHAT[n % len(_WHAT)], _WHERE[n % len(_WHERE)], _STAGE[n % len(_STAGE)]
    day = NEWEST - timedelta(days=n * 365 // A_YEAR)
    title = f"{stage.capitalize()} for {what} i {where}"
    outcome = _OUTCOMES[n % len(_OUTCOMES)]
    conditional = outcome is Outcome.ADOPTED_WITH_CONDITIONS
    return RegisterEntry(
        case=CaseId(f"case-{n}"),
        meeting=MeetingId("meeting"),
        decided_on=day,
        outcome=outcome,
        number=f"{n % A_YEAR + 1:03d}-{day.year}",
        title=f"{title} med {RARE}" if n % 331 == 7 and n < FEW else title,
        public_title=title,
        text=_TEXT.format(stage=stage, what=what, where=where, haste=_HASTE[n % 2]),
        project_ref=f"P-{n}" if n % 7 == 0 else "",
        case_type="bp2",
        published=True,
        minutes_approved=True,
        exempt=n % 6 == 0,
        open_follow_ups=conditional and n < FEW,
    )


def fill_register(tx: Tx, count: int) -> None:
    """This many decisions in the order they were made, and the index of them as units of work would have made it.

    The words of decisions that say the same are put in together: one by one, each is a trip.
    """
    for sql in _SCAFFOLD:
        tx.run(text(sql), {})
    kinds = min(count, KINDS)
    tx.run(_SAID, [{"kind": n, "reading": int(k), "term": t} for n in range(kinds) for k, t in _words_of(n)])
    for begin in range(count, 0, -_IN_A_PUT):
        some = [(count - n, n, decision(n)) for n in range(begin - 1, max(begin - _IN_A_PUT, 0) - 1, -1)]
        tx.run(_ENTRY, [_entry_row(no, entry) for no, _, entry in some])
        tx.run(_SAYING, [{"no": no, "kind": n % KINDS} for no, n, _ in some])
        tx.run(_OWN, [row for no, _, entry in some for row in _own_rows(no, entry)])
    for sql in (_INDEX, *_TAKEN_DOWN):
        tx.run(text(sql), {})


_SCAFFOLD: Final = (
    "CREATE TABLE said (kind INTEGER, reading SMALLINT, term TEXT)",
    "CREATE TABLE saying (no BIGINT, kind INTEGER)",
    "CREATE TABLE own (no BIGINT, reading SMALLINT, term TEXT)",
)
_TAKEN_DOWN: Final = (
    "DROP TABLE said",
    "DROP TABLE saying",
    "DROP TABLE own",
    "ANALYZE register_entries",
    "ANALYZE register_terms",
)
_SAID: Final = text("INSERT INTO said VALUES (:kind, :reading, :term)")
_SAYING: Final = text("INSERT INTO saying VALUES (:no, :kind)")
_ENTRY: Final = insert(r.register_entries).values(binds(r.register_entries))
_OWN: Final = text("INSERT INTO own VALUES (:no, :reading, :term)")
_INDEX: Final = """
    INSERT INTO register_terms (reading, term, day, entry_no, case_no, published)
    SELECT d.reading, d.term, e.decided_on, e.no, e.case_no, e.published
    FROM register_entries e JOIN saying y ON y.no = e.no JOIN said d ON d.kind = y.kind
    WHERE d.reading = 2 OR e.exempt = 0
    UNION SELECT o.reading, o.term, e.decided_on, e.no, e.case_no, e.published
    FROM own o JOIN register_entries e ON e.no = o.no ORDER BY 1, 2, 3, 4"""


def _words_of(kind: int) -> Iterator[tuple[Sees, str]]:
    """What all decisions with the same place in the lists above say."""
    alike = replace(decision(kind), number="", project_ref="", exempt=False, open_follow_ups=False)
    plain = replace(alike, title=alike.public_title)
    for reading, terms in terms_by_reading(plain).items():
        yield from ((reading, term) for term in terms)


def _own_rows(no: int, entry: RegisterEntry) -> Iterator[dict[str, Any]]:
    """What is this decision's own: number, project, and what few have."""
    bare = replace(entry, title=RARE if RARE in entry.title else "", public_title="", text="", conditions="")
    for reading, terms in terms_by_reading(bare).items():
        yield from ({"no": no, "reading": int(reading), "term": term} for term in terms)


def _entry_row(no: int, entry: RegisterEntry) -> dict[str, Any]:
    return {**entry_values(entry), "no": no, "case_no": _case_no(no), "terms": {}}


def _case_no(no: int) -> int:
    return no if no <= CASES else 1_000_000 + no
