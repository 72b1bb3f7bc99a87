"""Every verb × role × state: allowed, or politely refused without effect; every refusal of a right is in the log.

The table below is written from ``process.md`` and ``conversation.md``, not from the code's own table.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from board.case import Case
from board.events import Happened
from tests.scenarios.steps import People, case_of, confirmed, joined, opened, submitted
from tests.scenarios.world import BP2, CHAIR, FIELDS, MEMBER, Chat, World, words

STATES: Final = (
    "draft",
    "awaiting_owner",
    "submitted",
    "incomplete",
    "ready_for_wg",
    "withdrawn",
    "out_of_scope",
)
ROLES: Final = ("submitter", "owner", "office", "lead", "chair", "member", "guest", "group")
EDITABLE: Final = {"draft", "incomplete"}
MAY: Final[dict[str, dict[str, set[str]]]] = {
    "case.save": {"submitter": EDITABLE, "office": set(), "lead": set()},  # theirs after the working group
    "case.submit": {"submitter": EDITABLE},
    "case.attach": {"submitter": EDITABLE | {"ready_for_wg"}, "office": {"ready_for_wg"}, "lead": {"ready_for_wg"}},
    "case.start": {"submitter": EDITABLE},
    "case.withdraw": {"submitter": set(STATES) - {"withdrawn", "out_of_scope"}},
    "case.confirm": {"owner": {"awaiting_owner"}},
    "case.decline": {"owner": {"awaiting_owner"}},
    "case.accept": {"office": {"submitted"}, "lead": {"submitted"}},
    "case.return": {"office": {"submitted"}, "lead": {"submitted"}},
    "case.out_of_scope": {"office": {"submitted"}, "lead": {"submitted"}, "submitter": {"draft"}},
}
LOOKS: Final = ("case.open", "case.text", "case.edit")
SEES: Final[dict[str, set[str]]] = {
    "submitter": set(STATES),
    "owner": set(STATES) - {"draft"},
    "office": set(STATES) - {"draft", "awaiting_owner"},
    "lead": set(STATES) - {"draft", "awaiting_owner"},
    "group": {"ready_for_wg"},
}
INPUTS: Final[dict[str, dict[str, Any]]] = {
    "case.save": {"title": "En annen tittel"},
    "case.submit": {**FIELDS, "title": "En annen tittel", "reason_incomplete": "Kommer."},
    "case.attach": {"document_type": "stage_plan", "url": "https://dokumenter.example.org/ny-plan.pdf"},
    "case.start": {**BP2, "sub_portfolio": "research"},
    "case.withdraw": {"reason": "Stanset."},
    "case.decline": {"reason": "Må rettes."},
    "case.return": {"reason": "Må rettes.", "deadline": "16. april"},
    "case.out_of_scope": {"exclusion": "stim"},
}


async def everybody(world: World) -> tuple[People, dict[str, Chat]]:
    people = await joined(world)
    chats = {
        "submitter": people.submitter,
        "owner": people.owner,
        "office": people.office,
        "lead": people.lead,
        "chair": world.person(CHAIR, "Leder Demo"),
        "member": world.person(MEMBER, "Direktør Demo"),
        "guest": world.person(900, "Gjest"),
        "group": world.person(7, "AU-medlem Demo"),
    }
    for role in ROLES[4:]:
        await chats[role].join()
    return people, chats


async def in_state(state: str, people: People) -> str:
    """A new case brought to the state by the acts of those who may."""
    if state == "draft":
        extra = {**FIELDS, "reason_incomplete": "Kommer."}
        return case_of(await people.submitter.press(await opened(people.submitter), "case.save", **extra))
    if state == "awaiting_owner":
        return case_of(await submitted(people.submitter))
    case = await confirmed(people)
    last: dict[str, tuple[Chat, str]] = {
        "incomplete": (people.office, "case.return"),
        "ready_for_wg": (people.office, "case.accept"),
        "out_of_scope": (people.office, "case.out_of_scope"),
        "withdrawn": (people.submitter, "case.withdraw"),
    }
    if state in last:
        chat, verb = last[state]
        rev = (await people.office.world.case(case)).rev
        await chat.press_raw(verb, {"id": case, "rev": rev, **INPUTS.get(verb, {})})
    return case


async def refusals(world: World, case: str, chat: Chat) -> int:
    """Refusals of a right in the log of the case, of this person."""
    async with world.bot.store.work.read() as work:  # type: ignore[union-attr]  # the world is started
        person = await work.people.named(chat.id, 1)
    log = await world.history(case)
    return sum(e.what is Happened.ACT_REFUSED and e.by == person[0].id for e in log)


async def press(world: World, chat: Chat, verb: str, case: Case) -> str:
    data = {"id": case.id, "rev": case.rev, **INPUTS.get(verb, {})}
    status, body = await world.post(chat.persona.presses(verb, data, "m1"))
    assert status == 200
    assert body["statusCode"] == 200
    return words(body["value"])


@pytest.mark.parametrize("state", STATES)
async def test_acts(state: str, lite: World) -> None:
    people, chats = await everybody(lite)
    case_id = await in_state(state, people)
    for verb, may in MAY.items():
        for role in ROLES:
            before = await lite.case(case_id)
            assert before.state == state, (verb, role)
            logged = await refusals(lite, case_id, chats[role])
            said = await press(lite, chats[role], verb, before)
            after = await lite.case(case_id)
            where = (verb, role, state, said[:300])
            if state in may.get(role, ()):
                assert after.rev > before.rev, where
                case_id = await in_state(state, people)
                continue
            assert after == before, where
            others_turn = any(state in states for states in may.values())
            has_right = role in may and state in SEES.get(role, ()) and not others_turn
            assert await refusals(lite, case_id, chats[role]) == logged + (0 if has_right else 1), where
            assert _polite(said), where
            if state not in SEES.get(role, ()):
                assert "Regional radiologi" not in said, where


@pytest.mark.parametrize("state", STATES)
async def test_looks(state: str, lite: World) -> None:
    people, chats = await everybody(lite)
    case = await lite.case(await in_state(state, people))
    for verb in LOOKS:
        for role in ROLES:
            logged = await refusals(lite, case.id, chats[role])
            said = await press(lite, chats[role], verb, case)
            seen = state in SEES.get(role, ())
            where = (verb, role, state, said[:300])
            assert ("Regional radiologi" in said) == seen, where
            assert await refusals(lite, case.id, chats[role]) == logged + (0 if seen else 1), where
    assert await lite.case(case.id) == case


async def test_a_forged_id_an_old_revision_an_unknown_verb(lite: World) -> None:
    people, _ = await everybody(lite)
    case = await lite.case(await confirmed(people))
    forged = ("no-such-case", "", "'; DROP TABLE cases; --", "x" * 5000, 7, None, {"id": "x"}, True)
    for verb in (*MAY, *LOOKS):
        if verb == "case.start":
            continue
        for wrong in forged:
            answer = await people.office.press_raw(verb, {"rev": 1, **INPUTS.get(verb, {}), "id": wrong})
            assert _polite(words(answer)), (verb, wrong)
    for old in (case.rev - 1, case.rev + 1, 0, -1, "1", None, 10**18, 1.5):
        answer = await people.office.press_raw("case.accept", {"id": case.id, "rev": old})
        assert "Ingenting er gjort nå." in words(answer), old
    assert "kjenner jeg ikke" in words(await people.office.press_raw("no.such.verb", {"id": case.id, "rev": case.rev}))
    assert await lite.case(case.id) == case


def _polite(said: str) -> bool:
    """It says why, in words for people, and names no code."""
    return any(
        words_ in said
        for words_ in (
            "Jeg finner ikke saken",
            "Det kan bare",
            "Ingenting er gjort nå.",
            "Det er allerede avgjort",
            "er ikke styrets ansvar",
            "Lenken må være",
        )
    )
