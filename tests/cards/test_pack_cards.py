"""Every card of packs and dispensations, in three languages, with the longest names and the most: valid and usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from board.agenda import ItemKind
from board.case_content import MAX_TEXT
from board.dispensation import Dispensation, DispensationState, GateId
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, DispensationId, PackId
from board.mandate import Mandate
from board.pack import Change, ChangeKind, Pack, PackRead, PackState
from board.people import Actor, Body, Person, Role
from cards.adaptive import fitted_card
from cards.i18n import LANGUAGES, Language, use
from cards.message import Banner, Message, Open
from cards.pack_views import DispensationView, OfficeView, PackLine, PackView
from cards.safe import may_be_opened
from cards.templates import pack_card, pack_links, pack_words
from cards.templates.pack_dispensation import dispensation_card
from cards.templates.pack_gates import CODE_OF
from cards.templates.pack_wait import waiting_page
from tests.cards.test_case_cards import FILLERS, check, filled
from tests.cards.test_meeting_cards import ME, NOW, OTHER, PEOPLE, mandate, meeting

__all__ = ["mandate"]
LINK = "https://saksgang.example.org/papers/" + "x" * 43 + ".pdf"
CASES = tuple(CaseId(f"00000000-0000-4000-8000-{n:012d}") for n in range(40))
KINDS = (ItemKind.DECISION, ItemKind.DISCUSSION, ItemKind.ORIENTATION)


def shut_gates() -> tuple[Refusal, ...]:
    params = {"case": CASES[0], "cases": CASES[:8], "meetings": ("wg",), "deadline": date(2026, 9, 14)}
    return tuple(Refusal(code, params, "§ 7") for code in CODE_OF.values())


def view(unit: str, mandate: Mandate, roles: frozenset[Role], body: Body = Body.BOARD) -> PackView:
    """Forty cases, forty recipients of whom half have opened it, everything changed, every gate shut."""
    pack = Pack(PackId("p"), meeting(unit).id, 3, NOW, OTHER, (), "", (), PackState.READY, 1_500, 900, NOW)
    office = OfficeView(
        recipients=PEOPLE,
        reads={p: PackRead(pack.meeting, p, 1 + n % 3, NOW, NOW) for n, p in enumerate(PEOPLE[::2])},
        refusals=shut_gates(),
        new=tuple(Change(kind, CASES[0], "012-2026") for kind in ChangeKind) * 4,
        titles={str(case): filled(unit, 200) for case in CASES},
        meetings={"wg": meeting(unit, Body.WORKING_GROUP)},
        earlier=meeting(unit),
        has_agenda=True,
        last_day=date(2026, 9, 14),
    )
    return PackView(
        meeting=meeting(unit, body),
        viewer=Actor(Person(ME, filled(unit, 120)), roles),
        mandate=mandate,
        now=NOW,
        rev=7,
        pack=pack,
        latest=pack,
        lines=tuple(PackLine(c, f"{n:03d}-2026", filled(unit, 200), KINDS[n % 3]) for n, c in enumerate(CASES)),
        pages=1_500,
        reading_minutes=900,
        read=PackRead(pack.meeting, ME, 1, NOW, NOW),
        changes=tuple(Change(kind, CASES[0], "012-2026") for kind in ChangeKind) * 4,
        is_recipient=True,
        declares=True,
        office=office if roles & {Role.OFFICE, Role.PORTFOLIO_LEAD} else None,
        people={person: Person(person, filled(unit, 120)) for person in PEOPLE},
    )


def packs(unit: str, mandate: Mandate) -> Iterator[tuple[str, Message]]:
    note = Banner(filled(unit, 200), "warning")
    for name, roles in {
        "member": frozenset({Role.MEMBER}),
        "deputy": frozenset({Role.DEPUTY}),
        "observer": frozenset({Role.OBSERVER}),
        "asked": frozenset({Role.SUBMITTER}),
        "office": frozenset({Role.OFFICE}),
        "everything": frozenset({Role.CHAIR, Role.OFFICE, Role.PORTFOLIO_LEAD}),
    }.items():
        shown = view(unit, mandate, roles)
        assert shown.pack is not None
        yield f"{name} out", pack_card.pack_card(shown, note, typed={GateId.TEN_DAYS: filled(unit, MAX_TEXT)})
        yield f"{name} read", pack_card.pack_card(shown, link=LINK)
        yield f"{name} sent", pack_card.sent_card(shown)
        yield f"{name} changed", pack_card.changed_card(shown)
        yield f"{name} of the group", pack_card.sent_card(view(unit, mandate, roles, Body.WORKING_GROUP))
        waiting = replace(shown.pack, state=PackState.WAITING)
        yield f"{name} waiting", pack_card.pack_card(replace(shown, pack=None, latest=waiting))
        yield f"{name} next waiting", pack_card.pack_card(replace(shown, latest=waiting))
        yield f"{name} nothing", pack_card.pack_card(replace(shown, pack=None, latest=None), note)
        yield f"{name} failed", pack_card.failed_card(shown, "4f2a19bc")
        yield f"{name} milestone", pack_card.milestone_card(shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_every_card_of_a_pack(filler: str, language: Language, mandate: Mandate) -> None:
    with use(language):
        assert check(packs(FILLERS[filler], mandate), language) == 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODE_OF.values()))
def test_every_gate_alone_before_the_first_version(code: RefusalCode, language: Language, mandate: Mandate) -> None:
    shown = view("æ", mandate, frozenset({Role.OFFICE}))
    assert shown.office is not None
    one = tuple(refusal for refusal in shown.office.refusals if refusal.code is code)

    def cards() -> Iterator[tuple[str, Message]]:
        for agenda in (True, False):
            office = replace(shown.office or OfficeView(), refusals=one, has_agenda=agenda, earlier=None)
            yield f"{agenda}", pack_card.pack_card(replace(shown, pack=None, latest=None, office=office))

    with use(language):
        assert check(cards(), language) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_dispensations_links_and_words(filler: str, language: Language, mandate: Mandate) -> None:
    unit = FILLERS[filler]
    reason = filled(unit, MAX_TEXT)

    def cards() -> Iterator[tuple[str, Message]]:
        for gate in (GateId.TEN_DAYS, GateId.WG_TREATMENT):
            for state in DispensationState:
                ruled = OTHER if state is not DispensationState.ASKED else None
                one = Dispensation(
                    *(DispensationId("d"), 2, gate, meeting(unit).id, CASES[0], reason, ME, NOW, state),
                    *(reason, ruled, NOW if ruled else None),
                )
                for may in (True, False):
                    people = {p: Person(p, filled(unit, 120)) for p in PEOPLE}
                    shown = DispensationView(
                        one, meeting(unit), Actor(people[ME]), mandate, people, filled(unit, 200), may
                    )
                    yield f"{gate} {state} {may}", dispensation_card(shown, None, {"pack.grant": reason})
        for draft in (True, False):
            yield f"paper {draft}", pack_links.paper_ready(filled(unit, 200), LINK, 24, CASES[0], draft=draft)
        yield "no address", pack_links.no_address()
        yield "no meeting", pack_words.no_meeting()

    with use(language):
        assert check(cards(), language) == 16
        assert f'lang="{language}"' in waiting_page(language)


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://saksgang.example.org/papers/x.pdf", True),
        ("http://127.0.0.1:3978/papers/x.pdf", True),
        ("http://localhost:3978/papers/x.pdf", True),
        ("http://[::1]:3978/papers/x.pdf", True),
        ("http://saksgang.example.org/papers/x.pdf", False),
        ("http://127.0.0.1.example.org/x.pdf", False),
        ("http://127.0.0.1@example.org/x.pdf", False),
        ("http://user@127.0.0.1/x.pdf", False),
        ("http://localhost.example.org/", False),
        ("http://127.0.0.1/x y.pdf", False),
        ("http://127.0.0.1/\nx", False),
        ("javascript:alert(1)//127.0.0.1", False),
        ("ftp://127.0.0.1/x", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_a_button_leads_to_https_or_to_this_machine_and_nowhere_else(url: str, may: bool) -> None:
    assert may_be_opened(url) is may
    card = Message("Papirer", buttons=(Open("Åpne", url),))
    if may:
        assert fitted_card(card)["actions"][0]["url"] == url
        return
    with pytest.raises(ValueError, match="neither"):
        fitted_card(card)
