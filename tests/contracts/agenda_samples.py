"""Agendas, treatments, rulings and packs to store: whole, and different in what a test looks at."""

from __future__ import annotations

from dataclasses import replace

from board.agenda import Agenda, AgendaState, Item, ItemKind
from board.case import Case
from board.conflicts import Conflict, Declared, Ruling
from board.decision import Outcome
from board.dispensation import Dispensation, DispensationState, GateId
from board.events import Happened
from board.ids import CaseId, DispensationId, DocumentId, ItemId, MeetingId, PackId, PersonId
from board.late import Late
from board.pack import Pack, PackItem, PackState
from board.states import CaseState
from board.treatment import Statement, Treatment, WgOutcome
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, case, later

M1, M2 = MeetingId("m1"), MeetingId("m2")
C1, C2 = CaseId("c1"), CaseId("c2")
ITEMS = (
    Item(ItemId("i1"), ItemKind.AGENDA, 5, "Leder", None, ""),
    Item(ItemId("i2"), ItemKind.DECISION, 20, "Kåre Ås", C1, "012-2026"),
)
AGENDA = Agenda(
    M1, 7, ITEMS, NOW, LISE, AgendaState.APPROVED, later(2), ODD, later(1), OLA, Happened.AGENDA_APPROVED
)  # fmt: skip
TREATMENT = Treatment(C1, M1, "AU 003-2026", WgOutcome.WITH_REMARKS, "Se på «nytten»\n2. linje", LISE, NOW)
STATEMENT = Statement(C1, KARI, "Vi støtter ikke forslaget.", NOW)
CONFLICT = Conflict(C1, KARI, 1, Declared.POSSIBLE, "Søsteren min", NOW)
RULED = replace(CONFLICT, rev=2, ruling=Ruling.EXCLUDED, ruled_by=ODD, ruled_at=later(3), reason="Nær slekt (fvl. § 6)")
ASKED = Dispensation(DispensationId("d1"), 1, GateId.WG_TREATMENT, M1, C1, "Det haster", LISE, NOW)
GRANTED = replace(
    ASKED, rev=2, state=DispensationState.GRANTED, ruling="Ja, av hensyn til fristen", ruled_by=ODD, ruled_at=later(1)
)
WAY = (CaseState.READY_FOR_WG, CaseState.ON_WG_AGENDA, CaseState.WG_TREATED, CaseState.ON_BOARD_AGENDA)


def agenda(meeting: MeetingId = M1) -> Agenda:
    return Agenda(meeting, 1, ITEMS, NOW, LISE)


def pack(version: int = 1, meeting: MeetingId = M1, minute: float = 0) -> Pack:
    """One that waits to be made."""
    documents = (DocumentId("d1"), DocumentId("d2"))
    items = (PackItem(C1, "012-2026", "AU 003-2026", "f" * 64, documents), PackItem(C2, "013-2026", "", "0" * 64))
    name = PackId(f"{meeting}-{version}")
    return Pack(name, meeting, version, later(minute), LISE, items, "a" * 64, ("g1:1", "b0:2"))


def made(waiting: Pack) -> Pack:
    return replace(waiting, state=PackState.READY, pages=412, reading_minutes=95, ready_at=later(9))


def late(*, ruled: bool = False) -> Late:
    asked = Late(M1, "Kom sent fra foretaket", LISE, NOW)
    return (
        replace(asked, lead=ODD, lead_at=later(1), refused_by=OLA, refused_at=later(2), ruling="Nei")
        if ruled
        else asked
    )


def decided(name: str, state: CaseState = CaseState.DECIDED) -> Case:
    """One that the board has decided, as far on its way as ``state`` says."""
    one = replace(dispatched(name), state=state, board_outcome=Outcome.ADOPTED_WITH_CONDITIONS, decided_at=later(60))
    return one if state is CaseState.DECIDED else replace(one, published_at=later(120))


def dispatched(name: str, minute: int = 0, title: str = "", by: PersonId = KARI) -> Case:
    """A case that has come all the way, with everything that it gathers."""
    return replace(
        case(name, state=CaseState.DISPATCHED, minute=minute, title=title, by=by),
        accepted_at=NOW,
        agenda_at=NOW,
        dispatched_at=NOW,
        wg_meeting=M2,
        wg_number="AU 004-2026",
        wg_outcome=WgOutcome.NOT_RECOMMENDED,
        wg_remarks="For dyrt",
        statements_due=NOW.date(),
        board_meeting=M1,
        board_number="012-2026",
        earlier_numbers=("AU 001-2026", "AU 002-2026"),
        late=late(ruled=True),
    )
