"""«Kan ikke»: somebody of the register answers instead, on the same card; the one asked stays informed."""

from __future__ import annotations

from tests.scenarios.steps import case_of, joined, submitted
from tests.scenarios.world import World, shown, words

DEPUTY = 31
NAME = "Vara Akershus universitetssykehus"


async def test_the_owners_deputy_confirms_the_case(world: World) -> None:
    people = await joined(world)
    deputy = world.person(DEPUTY, NAME)
    await deputy.join()
    case = case_of(await submitted(people.submitter))
    asked = await people.owner.sees("Bekreft at du står bak")
    answer = await people.owner.press(asked, "task.delegate", deputy_name=NAME)
    assert f"{NAME} er spurt i stedet for deg" in words(answer)
    card = await deputy.sees("ber deg svare")
    await deputy.press(card, "case.confirm")
    await people.office.sees("Vurder saken")
    way = await world.way(case)
    assert ("case.delegated", "2", "awaiting_owner", "awaiting_owner") in way
    assert ("case.confirmed", "31", "awaiting_owner", "submitted") in way
    await people.owner.sees(f"{NAME} bekreftet saken")


async def test_the_submitter_cannot_be_the_owners_deputy_and_nobody_else_can_be_guessed(world: World) -> None:
    people = await joined(world)
    case = case_of(await submitted(people.submitter))
    asked = await people.owner.sees("Bekreft at du står bak")
    refused = await people.owner.press(asked, "task.delegate", deputy_name="Prosjektleder Demo")
    assert "må være en annen enn den som er spurt" in words(refused)
    assert "Bekreft saken" in shown(people.owner), "the question stands as it was"
    for name in ("Kari Ukjent", "Direktør", ""):
        await people.owner.press(refused, "task.delegate", deputy_name=name)
    assert (await world.case(case)).owner_deputy is None
    steps = [what for what, *_ in await world.way(case)]
    assert "case.delegated" not in steps


async def test_a_stranger_passes_nothing_on(world: World) -> None:
    people = await joined(world)
    case = case_of(await submitted(people.submitter))
    await people.owner.sees("Bekreft at du står bak")
    stranger = world.person(99, "Gjest")
    await stranger.join()
    data = {"id": case, "rev": 1, "deputy_name": NAME}
    await stranger.press_raw("task.delegate", data)
    await people.lead.press_raw("task.delegate", data)
    assert (await world.case(case)).owner_deputy is None
