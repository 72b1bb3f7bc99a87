"""Mutated payloads, rightly signed: never a 500, never a turn that was not read whole, never a word in the log.

``SAKSGANG_FUZZ`` sets how many; the seed is fixed, so a failure can be repeated.
"""

from __future__ import annotations

import asyncio
import copy
import os
import random
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from bot.channels.slack.turns import Closed, Submitted
from tests.bot.channels.slack.receiving import Receiving, receiving
from tests.bot.channels.slack.test_receiving import MODAL, button
from tests.fakes.mutate import spoil
from tests.fakes.slack.persona import Persona, seen
from tests.fakes.slack.requests import FORM, SlackRequest, sign
from tests.fakes.slack.server import FakeSlack

COUNT = int(os.environ.get("SAKSGANG_FUZZ", "2000"))
SEED = 20260302
AT_ONCE = 20


def starts(kari: Persona) -> list[SlackRequest]:
    view = seen(MODAL | {"blocks": [*MODAL["blocks"], button("case.save", '{"id":"c1","rev":3}')]}, kari.id)
    closes = kari.closes(seen(MODAL, kari.id))
    assert closes is not None
    return [
        kari.says("frister"),
        kari.mentions("frister"),
        kari.sends_file("notat.pdf", b"%PDF-"),
        kari.opens_home(),
        kari.invites_bot(),
        kari.presses_in_view(view, "case.save", {"title": "x"}),
        kari.submits(view, {"title": "Ny løsning"}),
        closes,
        kari.shortcut("en sak"),
        kari.command("meld sak"),
    ]


def mutated(count: int, kari: Persona) -> Iterator[tuple[bytes, str]]:
    """``count`` bodies with their content types."""
    chance, whole = random.Random(SEED), starts(kari)
    for number in range(count):
        request = chance.choice(whole)
        payload = copy.deepcopy(request.payload)
        name = "event_id" if request.kind == "event" else "trigger_id"
        payload[name] = f"fuzz-{number}"
        if request.kind == "command":
            yield spoiled_form(payload, chance), FORM
        elif request.kind == "interaction":
            yield urlencode({"payload": spoil(payload, chance)}).encode(), FORM
        else:
            yield spoil(payload, chance), "application/json"


def spoiled_form(payload: dict[str, object], chance: random.Random) -> bytes:
    for name in chance.sample(sorted(payload), 2):
        payload[name] = chance.choice(("", "\x00", "x" * 5_000, "<@" * 500, "\u202e", "🧾", "%", "T0ANOTHER"))
    body = urlencode(payload).encode()
    return body if chance.random() < 0.9 else body[: chance.randrange(len(body))] + b"%ff\xff"


async def deliver(edge: Receiving, count: int, secret: str | None = None) -> Counter[int]:
    statuses: Counter[int] = Counter()
    bodies = mutated(count, edge.slack.persona("kari"))

    async def work() -> None:
        for body, kind in bodies:  # one iterator, shared: each takes the next
            headers = sign(body) if secret is None else sign(body, secret)
            statuses[(await edge.post(body, headers | {"Content-Type": kind}))[0]] += 1

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    await edge.settled()
    return statuses


async def test_no_mutation_is_an_error() -> None:
    async with FakeSlack() as slack, receiving(slack) as edge:
        statuses = await deliver(edge, COUNT)
        assert sum(statuses.values()) == COUNT
        assert set(statuses) <= {200, 400, 403, 413, 503}, statuses
        assert statuses[200] > COUNT / 3, "the mutations are too wild to reach the handler"
        assert statuses[400] > COUNT / 20, "the mutations are too tame"
        assert statuses[503] < COUNT / 100, "a modal's answer breaks"
        assert len(edge.handler.turns) > COUNT / 4
        for turn in edge.handler.turns:
            assert turn.sender.user
            assert turn.activity_id
            assert turn.address.tenant
        modals = [turn for turn in edge.handler.turns if isinstance(turn, Submitted | Closed)]
        assert modals
        assert all(turn.view.id for turn in modals)
        assert all(row.is_done for row in edge.arrivals.rows.values())


async def test_no_mutation_gets_in_with_another_secret() -> None:
    async with FakeSlack() as slack, receiving(slack) as edge:
        assert set(await deliver(edge, COUNT // 10, "another secret")) == {401}
        assert edge.handler.turns == []
        assert edge.arrivals.rows == {}
