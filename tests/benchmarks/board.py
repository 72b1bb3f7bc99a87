"""The board that is measured: the demo board, a hundred cases more in all states, and cases that wait for a click.

Readers are the twenty people of the demo board. Those who press and their submitters are others, so that what a reader
sees stays the same however many cases are prepared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

from board import case_intake
from board.case import Case, Changed, Result
from board.case_content import Value
from board.case_intake import start
from board.delivery import Address, Copy
from board.events import Event
from board.ids import CaseId, PersonId
from board.mandate import Mandate
from board.people import Actor, Person, Role
from board.ports import Account, UnitOfWork, Work
from bot.demo import demo_id
from bot.teams_settings import LOCAL_TENANT
from tests.fakes.teams import BOT, Persona

READERS: Final = (*range(1, 8), *range(11, 22), 31, 41)
OWNERS: Final = tuple(range(101, 121))
SUBMITTERS: Final = tuple(range(121, 141))
OFFICE: Final = 3
CASES: Final = 95
"""Beside the five of the demo board."""
IN_A_UNIT: Final = 250
_TYPE: Final = "bp1"
_SENTENCE: Final = "Helseforetakene har ulike løsninger i dag, og overgangene mellom dem er en kjent risiko. "


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for its owner, and the card on which the owner is asked."""

    case: str
    rev: int
    owner: int
    submitter: int

    @property
    def card(self) -> str:
        return f"ask-{self.case}"

    def press(self, service_url: str) -> dict[str, object]:
        """The activity of the owner's press."""
        persona = Persona(self.owner, f"Prosjekteier {self.owner}", service_url, LOCAL_TENANT)
        return persona.presses("case.confirm", {"id": self.case, "rev": self.rev}, self.card)


async def fill(work: Work, mandate: Mandate, service_url: str, presses: int) -> list[Waiting]:
    """Adds to the demo board what is measured. Returns one waiting case a press, the owners taking turns."""
    async with work.write() as unit:
        await _people(unit, service_url)
        for number in range(CASES):
            await _add(unit, _CASES[number % len(_CASES)](f"bench-{number}", READERS[number % 20], mandate))
        await unit.commit()
    waiting = [Waiting(f"wait-{n}", 0, OWNERS[n % 20], SUBMITTERS[n * 7 % 20]) for n in range(presses)]
    prepared = []
    for some in _batches(waiting):
        async with work.write() as unit:
            prepared += [await _prepare(unit, one, mandate, service_url) for one in some]
            await unit.commit()
    return prepared


async def _people(unit: UnitOfWork, service_url: str) -> None:
    now = datetime.now(UTC)
    for digits in (*OWNERS, *SUBMITTERS):
        person = Person(demo_id(digits), f"Prosjektmedarbeider {digits}")
        await unit.people.add(person, Account("teams", LOCAL_TENANT, str(person.id)))
    for digits in (*READERS, *OWNERS, *SUBMITTERS):
        await unit.addresses.remember(demo_id(digits), chat_of(digits, service_url), now)


def chat_of(digits: int, service_url: str) -> Address:
    return Address("teams", LOCAL_TENANT, service_url, Persona(digits).chat, "personal", BOT)


async def _prepare(unit: UnitOfWork, waiting: Waiting, mandate: Mandate, service_url: str) -> Waiting:
    """Submitted, with the cards out that there would be: the submitter's own and the owner's question."""
    story = _submitted(waiting.case, waiting.submitter, mandate, owner=waiting.owner)
    await _add(unit, story)
    rev, now = story.case.rev, datetime.now(UTC)
    for digits, message, kind in (
        (waiting.owner, waiting.card, "case.confirm_requested"),
        (waiting.submitter, f"sent-{waiting.case}", ""),
    ):
        address = chat_of(digits, service_url)
        await unit.addresses.keep_copy(Copy(address, message, demo_id(digits), kind, waiting.case, rev), now)
    return Waiting(waiting.case, rev, waiting.owner, waiting.submitter)


async def _add(unit: UnitOfWork, story: Story) -> None:
    await unit.cases.add(story.case)
    await unit.history.append(story.events)


# -- how cases come to be ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Story:
    """A case and all that happened to it, made by the rules themselves."""

    case: Case
    events: list[Event]

    def then(self, result: Result) -> Story:
        if not isinstance(result, Changed):
            raise RuntimeError(f"the board to be measured breaks a rule: {result}")
        self.case = result.case
        self.events += result.events
        return self


def _drafted(name: str, by: int, mandate: Mandate, owner: int = 2) -> Story:
    submitter, now = _actor(by), datetime.now(UTC)
    kind = ("project", _TYPE, mandate.settled_sub_portfolio(_TYPE) or "")
    begun = start(CaseId(name), submitter, kind, None, now)
    answers: dict[str, Value | None] = {
        "title": f"Regional løsning for elektronisk kurve, del {name}",
        "public_title": "Regional løsning for elektronisk kurve",
        "project_ref": f"P-{name}",
        "project_owner": demo_id(owner),
        "presenter": "Prosjektleder Demo",
        "minutes": 15,
        "proposed_decision": "Styret godkjenner oppstart av konseptfasen innenfor den rammen som saken viser.",
        "summary": _SENTENCE * 3,
        "background": _SENTENCE * 8,
        "assessment": _SENTENCE * 10,
        "cost_investment": 4_500_000,
        "cost_operation": 600_000,
        "benefits": _SENTENCE * 2,
        "risks": _SENTENCE * 2,
        "reason_incomplete": "Mandatet for konseptfasen ettersendes.",
    }
    return Story(begun.case, list(begun.events)).then(case_intake.save(begun.case, submitter, answers, {}, now))


def _submitted(name: str, by: int, mandate: Mandate, owner: int = 2) -> Story:
    story = _drafted(name, by, mandate, owner)
    return story.then(
        case_intake.submit(story.case, _actor(by), _actor(owner, Role.PROJECT_OWNER), mandate, datetime.now(UTC))
    )


def _confirmed(name: str, by: int, mandate: Mandate) -> Story:
    story = _submitted(name, by, mandate)
    if by == 2:  # an owner's own case goes to the office at once
        return story
    return story.then(case_intake.confirm(story.case, _actor(2, Role.PROJECT_OWNER), datetime.now(UTC)))


def _returned(name: str, by: int, mandate: Mandate) -> Story:
    story, now = _confirmed(name, by, mandate), datetime.now(UTC)
    office, deadline = _actor(OFFICE, Role.OFFICE), (now + timedelta(days=7)).date()
    return story.then(
        case_intake.send_back(story.case, office, "Gevinstplanen mangler tall.", deadline, now.date(), now)
    )


def _accepted(name: str, by: int, mandate: Mandate) -> Story:
    story = _confirmed(name, by, mandate)
    return story.then(case_intake.accept(story.case, _actor(OFFICE, Role.OFFICE), datetime.now(UTC)))


_CASES: Final[Sequence[Callable[[str, int, Mandate], Story]]] = (
    _drafted, _submitted, _confirmed, _returned, _accepted, _confirmed, _accepted,
)  # fmt: skip


def _actor(digits: int, *roles: Role) -> Actor:
    return Actor(Person(PersonId(demo_id(digits)), f"Person {digits}"), frozenset(roles))


def _batches(waiting: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    rest = iter(waiting)
    while some := list(islice(rest, IN_A_UNIT)):
        yield some
