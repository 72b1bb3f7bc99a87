"""``views.*``: modals by person, three deep at most, and everybody's home."""

from __future__ import annotations

from typing import Final

from tests.fakes.slack.blocks import Json, elements, with_ids
from tests.fakes.slack.judging import judge_view
from tests.fakes.slack.ledger import OpenView
from tests.fakes.slack.state import Refused, State, text_of

DEEPEST: Final = 3


def open_(state: State, arguments: Json) -> Json:
    """A new modal, in place of whatever this person had open."""
    view = judge_view(state, "views.open", arguments.get("view"))
    user = _exchanged(state, arguments)
    opened = _new(state, user, view)
    state.ledger.views[user] = [opened]
    state.ledger.touch()
    return {"ok": True, "view": opened.as_json()}


def push(state: State, arguments: Json) -> Json:
    view = judge_view(state, "views.push", arguments.get("view"))
    user = _exchanged(state, arguments)
    return {"ok": True, "view": pushed(state, user, view).as_json()}


def update(state: State, arguments: Json) -> Json:
    view = judge_view(state, "views.update", arguments.get("view"))
    there = _find(state, arguments)
    if arguments.get("hash") and arguments["hash"] != there.hash:
        raise Refused("hash_conflict")
    redraw(state, there, view)
    return {"ok": True, "view": there.as_json()}


def publish(state: State, arguments: Json) -> Json:
    view = judge_view(state, "views.publish", arguments.get("view"), "home")
    user = text_of(arguments, "user_id")
    if user not in state.workspace.users:
        raise Refused("invalid_arguments", "user_id is not a user")
    home = state.ledger.homes.get(user)
    if home is None:
        home = state.ledger.homes[user] = _new(state, user, view)
        state.ledger.touch()
    elif arguments.get("hash") and arguments["hash"] != home.hash:
        raise Refused("hash_conflict")
    else:
        redraw(state, home, view)
    return {"ok": True, "view": home.as_json()}


def pushed(state: State, user: str, view: Json) -> OpenView:
    """One more on top of what this person has open."""
    stack = state.ledger.views[user]
    if not stack:
        raise Refused("not_found")
    if len(stack) >= DEEPEST:
        state.violated(f"views.push: more than {DEEPEST} deep")
        raise Refused("push_limit_reached")
    opened = _new(state, user, view)
    opened.root, opened.previous = stack[0].id, stack[-1].id
    stack.append(opened)
    state.ledger.touch()
    return opened


def redraw(state: State, there: OpenView, view: Json) -> None:
    """In place. What was typed stays where block id and action id are the same, as in the Slack client."""
    there.body = view | {"blocks": with_ids(view["blocks"])}
    there.hash = _hash(state)
    left = {(block_id, element["action_id"]): element["type"] for block_id, element in elements(there.blocks)}
    there.typed = {place: value for place, value in there.typed.items() if left.get(place) == value["type"]}
    there.errors = {}
    state.ledger.touch()


def close(state: State, view: OpenView, *, all_of_them: bool = False) -> None:
    """This one and those above it; or the whole stack."""
    stack = state.ledger.views[view.user]
    if all_of_them:
        stack.clear()
    elif view in stack:
        del stack[stack.index(view) :]
    state.ledger.touch()


def _new(state: State, user: str, view: Json) -> OpenView:
    external = view.get("external_id")
    if external in state.external_ids:
        raise Refused("duplicate_external_id")
    if external:
        state.external_ids.add(external)
    return OpenView(user, state.ledger.next_id("V"), view | {"blocks": with_ids(view["blocks"])}, _hash(state))


def _hash(state: State) -> str:
    return state.ledger.next_ts().replace(".", ".h")


def _find(state: State, arguments: Json) -> OpenView:
    wanted, external = arguments.get("view_id"), arguments.get("external_id")
    for stack in state.ledger.views.values():
        for view in stack:
            if view.id == wanted or (external and view.body.get("external_id") == external):
                return view
    raise Refused("not_found")


def _exchanged(state: State, arguments: Json) -> str:
    user, error = state.triggers.exchange(text_of(arguments, "trigger_id"))
    if error == "invalid_trigger_id":
        raise Refused("invalid_arguments", "invalid `trigger_id`")
    if error:
        raise Refused(error)
    return user
