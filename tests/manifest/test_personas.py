"""The personas: what the Playground's own schema wants (a wrong file ends it silently), and the demo board's ids."""

from __future__ import annotations

import json

import pytest

from manifest.playground.personas import PERSONAS, Persona, config, persona


@pytest.mark.parametrize("one", PERSONAS, ids=lambda one: one.key)
def test_five_others_and_no_id_twice(one: Persona) -> None:
    content = json.loads(config(one))
    people = [content["currentUser"], *content["users"]]
    assert len(content["users"]) == 5
    assert len({person["id"] for person in people}) == 6
    assert content["currentUser"]["aadObjectId"] == one.aad_object_id


def test_no_two_instances_share_a_conversation() -> None:
    ids = [json.loads(config(one))[place]["id"] for one in PERSONAS for place in ("personalChat", "groupChat", "team")]
    assert len(ids) == len(set(ids))


def test_ids_are_those_of_the_demo_board() -> None:
    assert persona("eier").aad_object_id == "00000000-0000-4000-8000-000000000002"
    assert persona("sykehuspartner").aad_object_id == "00000000-0000-4000-8000-000000000021"
    assert len({one.number for one in PERSONAS}) == len({one.key for one in PERSONAS}) == len(PERSONAS)


def test_an_unknown_persona_is_answered_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="prosjektleder, eier, kontor"):
        persona("direktøren")
