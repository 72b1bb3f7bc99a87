"""The use cases over a unit of work: state, history and outbox together; once, whoever presses how often."""

from __future__ import annotations

import asyncio

import pytest

from board.case import Result
from board.commands import (
    AcceptCase,
    AttachDocument,
    ConfirmCase,
    DeclineCase,
    ReturnCase,
    SaveCase,
    SubmitCase,
    WithdrawCase,
)
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import CaseId
from board.people import Actor
from board.usecases.accept_case import accept_case
from board.usecases.attach_document import attach_document, is_web_address
from board.usecases.confirm_case import confirm_case
from board.usecases.decline_case import decline_case
from board.usecases.look_at_case import look_at_case
from board.usecases.return_case import return_case
from board.usecases.save_case import save_case
from board.usecases.submit_case import submit_case
from board.usecases.withdraw_case import withdraw_case
from tests.board.support import (
    COLLEAGUE,
    DEADLINE,
    LEAD,
    OFFICE,
    OWNER,
    STRANGER,
    SUBMITTER,
    Desk,
    S,
    case_in,
    complete,
    desk,
    done,
    draft,
    refused,
)

ID = CaseId("case-1")
_DO = {
    SubmitCase: submit_case,
    ConfirmCase: confirm_case,
    DeclineCase: decline_case,
    AcceptCase: accept_case,
    ReturnCase: return_case,
    SaveCase: save_case,
    AttachDocument: attach_document,
    WithdrawCase: withdraw_case,
}


async def act(board: Desk, command: object, who: Actor) -> Result:
    async with board.memory.work.write() as work:
        result: Result = await _DO[type(command)](command, who, work, board.rules)  # type: ignore[operator]  # the table pairs each command with its use case
        await work.commit()
    return result


async def test_the_whole_way_is_in_the_history_and_everyone_is_told_once() -> None:
    board = await desk()
    await board.keep(complete())
    started = board.case().rev
    way = [
        (SubmitCase(ID), SUBMITTER),
        (DeclineCase(ID, "Tallene er gamle."), OWNER),
        (SubmitCase(ID, {"cost_investment": 14_000_000}), SUBMITTER),
        (ConfirmCase(ID), OWNER),
        (ReturnCase(ID, "Gevinstplanen mangler.", DEADLINE), OFFICE),
        (SubmitCase(ID), SUBMITTER),
        (AcceptCase(ID), LEAD),
        (WithdrawCase(ID, "Utsatt ett år."), SUBMITTER),
    ]
    for command, who in way:
        board.clock.move(hours=1)
        done(await act(board, command, who))
    rows = board.memory.state.history
    assert [(str(e.what), e.from_state, e.to_state, e.by, e.reason) for e in rows] == [
        ("case.submitted", "draft", "awaiting_owner", "kari", ""),
        ("case.declined", "awaiting_owner", "draft", "ola", "Tallene er gamle."),
        ("case.saved", "draft", "draft", "kari", ""),
        ("case.submitted", "draft", "awaiting_owner", "kari", ""),
        ("case.confirmed", "awaiting_owner", "submitted", "ola", ""),
        ("case.returned", "submitted", "incomplete", "lise", "Gevinstplanen mangler."),
        ("case.submitted", "incomplete", "submitted", "kari", ""),
        ("case.accepted", "submitted", "ready_for_wg", "per", ""),
        ("case.withdrawn", "ready_for_wg", "withdrawn", "kari", "Utsatt ett år."),
    ]
    assert [e.rev for e in rows] == list(range(started + 1, started + 10))
    assert [e.at for e in rows] == sorted(e.at for e in rows)
    assert board.case().rev == rows[-1].rev
    queued = [(row.kind, row.person, row.rev) for row in board.memory.state.outbox.values()]
    assert len(queued) == len(set(queued))
    assert ("case.confirm_requested", "ola") in board.told
    assert {who for kind, who in board.told if kind == "case.review_requested"} == {"lise", "liv"}


async def test_the_same_press_ten_times_at_once_has_one_effect() -> None:
    board = await desk()
    await board.keep(case_in(S.AWAITING_OWNER))
    before = board.case().rev
    results = await asyncio.gather(*(act(board, ConfirmCase(ID, before), OWNER) for _ in range(10)))
    codes = [r.code for r in results if isinstance(r, Refusal)]
    assert codes == [RefusalCode.STALE] * 9
    assert board.case().rev == before + 1
    assert [e.what for e in board.memory.state.history] == [Happened.CASE_CONFIRMED]


async def test_of_two_at_once_one_wins_and_the_other_is_told_who() -> None:
    board = await desk()
    await board.keep(case_in(S.AWAITING_OWNER))
    rev = board.case().rev
    won, lost = await asyncio.gather(
        act(board, WithdrawCase(ID, "Utsatt.", rev), SUBMITTER), act(board, ConfirmCase(ID, rev), OWNER)
    )
    assert done(won).case.state is S.WITHDRAWN
    told = refused(lost, RefusalCode.STALE).params
    assert (told["what"], told["by"]) == (Happened.CASE_WITHDRAWN, SUBMITTER.id)


async def test_an_old_button_has_no_effect() -> None:
    board = await desk()
    await board.keep(case_in(S.SUBMITTED))
    for rev in (-1, 0, board.case().rev - 1, board.case().rev + 1):
        refused(await act(board, AcceptCase(ID, rev), OFFICE), RefusalCode.STALE)
    assert board.case() == case_in(S.SUBMITTED)
    assert not board.log
    done(await act(board, AcceptCase(ID, board.case().rev), COLLEAGUE))


async def test_what_was_typed_is_kept_where_the_handing_on_is_refused() -> None:
    board = await desk()
    await board.keep(draft())
    command = SubmitCase(ID, {"title": "Kurve"}, {"cost_investment": "mye"})
    refusal = refused(await act(board, command, SUBMITTER), RefusalCode.INCOMPLETE)
    assert refusal.params["unread"] == ("cost_investment",)
    assert "title" not in str(refusal.params["fields"])
    assert board.case().content.title == "Kurve"
    assert board.case().content.unread == {"cost_investment": "mye"}
    assert board.log == [("case.saved", ID, SUBMITTER.id)]


@pytest.mark.parametrize("who", [OWNER, OFFICE, STRANGER])
async def test_a_case_that_is_not_there_and_one_that_may_not_be_seen_read_alike(who: Actor) -> None:
    board = await desk()
    await board.keep(draft())
    hidden = refused(await act(board, AcceptCase(ID), who), RefusalCode.NOT_FOUND)
    absent = refused(await act(board, AcceptCase(CaseId("nobody")), who), RefusalCode.NOT_FOUND)
    assert (hidden.params, hidden.paragraph) == (absent.params, absent.paragraph)
    assert board.log == [("act.refused", ID, who.id), ("act.refused", "nobody", who.id)]


async def test_looking_at_a_case_of_others_is_in_the_log_and_at_ones_own_is_not() -> None:
    board = await desk()
    await board.keep(draft())
    async with board.memory.work.write() as work:
        assert await look_at_case(ID, SUBMITTER, work, board.rules) == draft()
        refused(await look_at_case(ID, OFFICE, work, board.rules), RefusalCode.NOT_FOUND)
        await work.commit()
    assert board.log == [("act.refused", ID, OFFICE.id)]


async def test_a_crafted_id_does_not_fill_the_log() -> None:
    board = await desk()
    refused(await act(board, AcceptCase(CaseId("x" * 5000)), OFFICE), RefusalCode.NOT_FOUND)
    assert board.log == [("act.refused", "x" * 64, OFFICE.id)]


WRONG_ADDRESSES = [
    "",
    "http://example.org/a",
    "ftp://example.org/a",
    "javascript:alert(1)",
    "https://localhost/a",
    "https://kari:hemmelig@example.org/a",
    "https://example.org/a b",
    "https://[::1/a",
    "https://",
    "/rapport.pdf",
    "https://example.org/" + "a" * 2000,
]


@pytest.mark.parametrize("url", WRONG_ADDRESSES)
async def test_a_link_must_be_a_whole_address(url: str) -> None:
    board = await desk()
    await board.keep(draft())
    refused(await act(board, AttachDocument(ID, "stage_plan", "Plan", url), SUBMITTER), RefusalCode.ADDRESS_REFUSED)
    assert board.case() == draft()
    assert not is_web_address(url)


async def test_the_right_is_judged_before_the_address() -> None:
    board = await desk()
    await board.keep(case_in(S.SUBMITTED))
    refused(await act(board, AttachDocument(ID, "novel", "Plan", "x"), OWNER), RefusalCode.NOT_ALLOWED)
    refused(await act(board, SaveCase(ID, {"nonsense": "x"}), OWNER), RefusalCode.NOT_ALLOWED)
    assert board.log == [("act.refused", ID, OWNER.id)] * 2


async def test_a_stored_file_and_a_link_are_kept_with_who_and_when() -> None:
    board = await desk()
    await board.keep(draft())
    now = board.clock.move(minutes=3)
    done(await act(board, AttachDocument(ID, "stage_plan", "Plan.pdf", sha256="ab" * 32, size=12), SUBMITTER))
    done(await act(board, AttachDocument(ID, "other", "Notat", "https://example.org/n?a=1#b"), SUBMITTER))
    file, link = board.case().documents
    assert (file.type, file.name, file.sha256, file.size, file.by, file.at) == (
        *("stage_plan", "Plan.pdf", "ab" * 32, 12),
        *(SUBMITTER.id, now),
    )
    assert (link.url, link.id) == ("https://example.org/n?a=1#b", "id-2")


async def test_nothing_is_told_to_anybody_while_a_draft_is_filled_in() -> None:
    board = await desk()
    await board.keep(draft())
    done(await act(board, SaveCase(ID, {"title": "Kurve"}), SUBMITTER))
    done(await act(board, AttachDocument(ID, "other", "Notat", "https://example.org/n"), SUBMITTER))
    done(await act(board, WithdrawCase(ID, ""), SUBMITTER))
    assert not board.told


async def test_an_act_that_was_done_already_leaves_no_trace() -> None:
    board = await desk()
    await board.keep(complete())
    before = board.case()
    assert done(await act(board, SaveCase(ID, {"title": before.content.title}), SUBMITTER)).events == ()
    assert (board.case(), board.log) == (before, [])
