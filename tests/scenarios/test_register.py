"""The decision register over HTTP: in three languages, on both databases, and never more than one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.decision import Outcome
from board.ids import CaseId
from bot.demo import demo_id
from cards import actions
from tests.contracts.register_samples import decided, decision, on_board
from tests.scenarios.world import CHAIR, MEMBER, OFFICE, SUBMITTER, World, button, verbs, words

GUEST = 77
FEBRUARY = date(2026, 2, 12)
SECRET = "Kvantekryptert"


async def _kept(world: World) -> None:
    """A decision whose minutes are not approved, an exempt one, and a dozen older ones that are open to all."""
    assert world.bot is not None
    heliks = decision(
        "heliks",
        number="007-2026",
        title="Heliks kurveløsning",
        outcome=Outcome.REJECTED,
        decided_on=FEBRUARY,
        minutes_approved=False,
        text="Styret avslår saken.",
    )
    secret = decision("secret", number="008-2026", title=SECRET, public_title=SECRET, exempt=True, decided_on=FEBRUARY)
    older = [
        decision(
            f"old-{n}",
            number=f"{n:03d}-2025",
            title=f"Arkiv, intern del {n}",
            public_title=f"Arkiv, del {n}",
            decided_on=FEBRUARY - timedelta(days=100 + n),
        )
        for n in range(1, 13)
    ]
    entries = [heliks, secret, *older]
    case = replace(on_board("case"), submitter=demo_id(SUBMITTER), owner=None, sub_portfolio="clinical")
    await decided(world.bot.store.work, entries, [replace(case, id=entry.case) for entry in entries])


LANGUAGES = (
    ("bokmål", "vedtak heliks", "foreløpig, referat ikke godkjent"),
    ("nynorsk", "vedtak om Heliks", "førebels, referatet er ikkje godkjent"),
    ("english", "decisions heliks", "provisional, minutes not approved"),
)


@pytest.mark.parametrize(("language", "asked", "status"), LANGUAGES)
async def test_a_decision_is_found_in_three_languages(world: World, language: str, asked: str, status: str) -> None:
    await _kept(world)
    member = world.person(MEMBER)
    await member.say(f"språk {language}")
    said = words(await member.say(asked))
    assert "007-2026 Heliks kurveløsning" in said
    assert status in said
    assert "Styret avslår saken." in said


async def test_each_finds_what_is_theirs(lite: World) -> None:
    await _kept(lite)
    for digits, titles in (
        (MEMBER, ("Heliks", SECRET, "intern")),
        (OFFICE, ("Heliks", SECRET, "intern")),
        (CHAIR, ("Heliks", SECRET, "intern")),
        (SUBMITTER, ("Heliks", SECRET, "intern")),
        (GUEST, ()),
    ):
        chat = lite.person(digits)
        for asked, title in (("heliks", "Heliks"), (SECRET, SECRET), ("intern 003-2025", "intern")):
            found = title in words(await chat.say(f"vedtak {asked}")).replace(f"«{asked}»", "")
            assert found == (title in titles), (digits, asked)
    guest = lite.person(GUEST)
    assert "003-2025 Arkiv, del 3" in words(await guest.say("vedtak 003-2025"))


async def test_the_list_goes_on_at_a_press_and_shows_nothing_ruled_out_meanwhile(lite: World) -> None:
    await _kept(lite)
    assert lite.bot is not None
    member = lite.person(MEMBER)
    first = await member.say("vedtak arkiv")
    async with lite.bot.store.work.write() as work:
        case = await work.cases.get(CaseId("old-12"))
        assert case is not None
        await work.cases.save(replace(case, rev=case.rev + 1, excluded=frozenset({demo_id(MEMBER)})))
        await work.commit()
    second = await member.press(first, actions.REGISTER_FIND)
    assert "012-2025" not in words(second)
    assert "009-2025" in words(second)
    assert verbs(second) == [actions.REGISTER_FIND]
    crafted = {**button(first, actions.REGISTER_FIND)["data"], "asked": SECRET, "before": ""}
    assert SECRET not in words(await lite.person(GUEST).press_raw(actions.REGISTER_FIND, crafted)).replace(
        f"«{SECRET}»", ""
    )
