"""The steps of a case's way, as the people take them, so that a test begins where its own matter does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.scenarios.world import BP2, FIELDS, LEAD, OFFICE, OWNER, SUBMITTER, Chat, World, button, verbs

Card = dict[str, Any]
DOCUMENTS = ("project_proposal", "business_case", "stage_plan", "concept_report", "benefit_documents")


@dataclass(frozen=True)
class People:
    """The four who matter to a case, each with the app installed."""

    submitter: Chat
    owner: Chat
    office: Chat
    lead: Chat

    @property
    def all(self) -> tuple[Chat, ...]:
        return self.submitter, self.owner, self.office, self.lead


async def joined(world: World) -> People:
    people = People(
        world.person(SUBMITTER, "Prosjektleder Demo"),
        world.person(OWNER, "Prosjekteier Demo"),
        world.person(OFFICE, "Porteføljekontor Demo"),
        world.person(LEAD, "Porteføljeansvarlig Demo"),
    )
    for chat in people.all:
        await chat.join()
    return people


async def opened(chat: Chat, **kind: str) -> Card:
    """The form of a new draft."""
    await chat.say("start ny")
    card = [card for card in chat.cards.values() if "case.start" in verbs(card)][-1]  # news may have come after it
    return await chat.press(card, "case.start", **{**BP2, **kind})


async def with_documents(chat: Chat, form: Card, documents: tuple[str, ...] = DOCUMENTS) -> Card:
    for document in documents:
        url = f"https://dokumenter.example.org/{document}.pdf"
        form = await chat.press(form, "case.attach", document_type=document, url=url)
    return form


async def submitted(chat: Chat, **answers: str) -> Card:
    """The case's card after sending it in; the documents are to follow."""
    form = await opened(chat)
    return await chat.press(form, "case.submit", **{**FIELDS, "reason_incomplete": "De kommer.", **answers})


async def confirmed(people: People, **answers: str) -> str:
    """A case that has reached the office: its id."""
    case = case_of(await submitted(people.submitter, **answers))
    await people.owner.press(await people.owner.sees("Bekreft at du står bak"), "case.confirm")
    await people.office.sees("Vurder saken")
    return case


def case_of(card: Card) -> str:
    """The id of the case that a card is about, from any of its buttons."""
    found = [action["data"]["id"] for action in _executes(card) if action["data"].get("id")]
    assert found, "the card is about no case"
    return str(found[0])


def data_of(card: Card, verb: str) -> dict[str, Any]:
    data = button(card, verb)["data"]
    assert isinstance(data, dict)
    return data


def _executes(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        here = [node] if node.get("type") == "Action.Execute" else []
        return here + [found for value in node.values() for found in _executes(value)]
    if isinstance(node, list):
        return [found for value in node for found in _executes(value)]
    return []
