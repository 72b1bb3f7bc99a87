"""The remarks round: each one's latest answer counts, silence closes it and approves nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from board.clock import OSLO
from board.duty import DutyKind
from board.errors import RefusalCode
from board.minutes import MinutesState
from board.minutes_text import Source
from board.people import Actor, Role
from board.remarks import RemarkClass, RemarkState
from board.usecases.close_rounds import close_rounds, rounds_are_over
from board.usecases.look_at_minutes import look_at_minutes, versions_seen
from tests.board.minutes_support import (
    ABOUT,
    AGREED,
    EXCLUDED,
    SAID,
    SECRET,
    accept,
    circulate,
    circulated,
    done,
    drafted,
    edit,
    happened,
    minutes,
    none,
    remark,
    turn_down,
    versions,
)
from tests.board.sitting_support import BOARD_MEETING, CHAIR, DEPUTY, LEAD, MEMBER, OFFICE, SECOND
from tests.board.support import COLLEAGUE, OTHERS, OWNER, STRANGER, SUBMITTER, Desk, actor, refused

SUBSTANTIVE = RemarkClass.SUBSTANTIVE
OBSERVER = next(one for one in OTHERS if Role.OBSERVER in one.roles)
OUTSIDE = [one for one in (SUBMITTER, OWNER, STRANGER, *OTHERS) if not one.roles & {
    Role.CHAIR, Role.MEMBER, Role.DEPUTY, Role.OBSERVER, Role.OFFICE, Role.PORTFOLIO_LEAD
}]  # fmt: skip


def answers(made: Desk) -> dict[str, bool]:
    return {one.person: one.remarked for one in made.memory.state.minutes_answers.values()}


def owing(made: Desk) -> set[str]:
    return {d.person for d in made.memory.state.duties.values() if d.kind is DutyKind.REMARK and d.is_open}


def after_the_round(made: Desk) -> None:
    due = minutes(made).remarks_due
    assert due is not None
    following = due + timedelta(days=1)
    made.clock.set(datetime(following.year, following.month, following.day, 9, tzinfo=OSLO))


async def closing(made: Desk) -> bool:
    async with made.memory.work.write() as work:
        more = await close_rounds(work, made.rules)
        await work.commit()
    return more


class TestAnswers:
    @pytest.mark.parametrize("who", [CHAIR, MEMBER, SECOND, DEPUTY, OBSERVER, LEAD, COLLEAGUE], ids=lambda one: one.id)
    async def test_who_is_entitled_answers_either_way(self, who: Actor) -> None:
        made = await circulated()
        done(await none(made, who))
        assert answers(made) == {who.id: False}
        done(await remark(made, who))
        assert answers(made) == {who.id: True}

    @pytest.mark.parametrize("who", OUTSIDE, ids=lambda one: one.id)
    async def test_who_is_not_does_not_learn_that_it_is_there(self, who: Actor) -> None:
        made = await circulated()
        refused(await none(made, who), RefusalCode.NOT_FOUND)
        refused(await remark(made, who), RefusalCode.NOT_FOUND)
        assert made.log[-2:] == [("act.refused", ABOUT, who.id)] * 2
        assert not answers(made)

    async def test_the_latest_counts_and_the_duty_ends_with_the_first(self) -> None:
        made = await circulated()
        done(await remark(made, MEMBER))
        assert MEMBER.id not in owing(made)
        assert SECOND.id in owing(made)
        done(await none(made, MEMBER))
        assert answers(made) == {MEMBER.id: False}

    async def test_pressing_twice_is_one_answer_and_one_remark(self) -> None:
        made = await circulated()
        for _press in range(2):
            done(await none(made, MEMBER))
            done(await remark(made, SECOND))
        assert happened(made).count("minutes.answered") == 1
        assert len(made.memory.state.remarks) == 1
        assert happened(made).count("minutes.remark_given") == 1

    async def test_none_is_about_the_text_that_stands(self) -> None:
        made = await circulated()
        first = done(await remark(made, MEMBER)).remark
        done(await accept(made, first.id))
        refused(await none(made, SECOND, 1), RefusalCode.OTHER_VERSION)
        done(await none(made, SECOND, 2))

    async def test_a_remark_to_an_older_version_is_taken_with_what_changed(self) -> None:
        made = await circulated()
        first = done(await remark(made, MEMBER)).remark
        done(await accept(made, first.id))
        given = done(await remark(made, SECOND, "Nei.", version=1))
        assert (given.seen.version, given.now.version, given.remark.version) == (1, 2, 1)

    async def test_a_version_that_there_is_not_and_a_section_that_there_is_not(self) -> None:
        made = await circulated()
        refused(await remark(made, MEMBER, version=9), RefusalCode.NOT_FOUND)
        refused(await remark(made, MEMBER, section="item:x:text"), RefusalCode.UNKNOWN_CHOICE)
        refused(await remark(made, MEMBER, "  "), RefusalCode.REASON_NEEDED)
        refused(await remark(made, MEMBER, "x" * 4001), RefusalCode.TOO_LONG)
        assert not made.memory.state.remarks

    async def test_one_who_is_inhabil_has_nothing_to_remark_there(self) -> None:
        made = await circulated()
        refused(await remark(made, EXCLUDED, section=SECRET), RefusalCode.NOT_FOUND)
        done(await remark(made, EXCLUDED, section=SAID))

    async def test_a_draft_takes_no_remark(self) -> None:
        made = await drafted()
        refused(await remark(made, MEMBER), RefusalCode.NOT_FOUND)
        refused(await remark(made, OFFICE), RefusalCode.ALREADY)

    async def test_until_the_end_of_the_last_day(self) -> None:
        made = await circulated()
        due = minutes(made).remarks_due
        assert due is not None
        made.clock.set(datetime(due.year, due.month, due.day, 23, 59, tzinfo=OSLO))
        done(await none(made, MEMBER))
        after_the_round(made)
        refusal = refused(await none(made, SECOND), RefusalCode.ROUND_CLOSED)
        assert refusal.params["deadline"] == due
        refused(await remark(made, SECOND), RefusalCode.ROUND_CLOSED)


class TestRulings:
    async def test_the_office_takes_an_editorial_one_in_as_a_version(self) -> None:
        made = await circulated()
        given = done(await remark(made, MEMBER)).remark
        ruled = done(await accept(made, given.id, "Styret drøftet saken i juni."))
        assert [(v.version, v.source, v.by) for v in versions(made)][-1] == (2, Source.REMARK, OFFICE.id)
        assert (ruled.remark.state, ruled.remark.taken_in) == (RemarkState.ACCEPTED, 2)
        assert ("minutes.remark_ruled", MEMBER.id) in made.told
        assert minutes(made).state is MinutesState.CIRCULATED

    async def test_a_substantive_one_is_the_meetings(self) -> None:
        made = await circulated()
        given = done(await remark(made, MEMBER, cls=SUBSTANTIVE)).remark
        refused(await accept(made, given.id), RefusalCode.SUBSTANTIVE)
        refused(await turn_down(made, given.id), RefusalCode.SUBSTANTIVE)
        assert made.memory.state.remarks[given.id].is_open
        assert len(versions(made)) == 1

    async def test_only_once_and_the_second_learns_of_the_first(self) -> None:
        made = await circulated()
        given = done(await remark(made, MEMBER)).remark
        done(await turn_down(made, given.id))
        refusal = refused(await accept(made, given.id, who=COLLEAGUE), RefusalCode.ALREADY)
        assert refusal.params["by"] == OFFICE.id
        refused(await turn_down(made, given.id, who=COLLEAGUE), RefusalCode.ALREADY)

    async def test_no_without_a_reason_is_no_answer(self) -> None:
        made = await circulated()
        given = done(await remark(made, MEMBER)).remark
        refused(await turn_down(made, given.id, "  "), RefusalCode.REASON_NEEDED)
        assert made.memory.state.remarks[given.id].is_open

    async def test_facts_stay_and_what_changes_nothing_is_not_taken_in(self) -> None:
        made = await circulated()
        given = done(await remark(made, MEMBER, section=AGREED)).remark
        refused(await accept(made, given.id, section=AGREED), RefusalCode.SECTION_LOCKED)
        refused(await accept(made, given.id, "Styret drøftet saken."), RefusalCode.UNKNOWN_CHOICE)
        refused(await accept(made, given.id, section="item:x:text"), RefusalCode.UNKNOWN_CHOICE)
        assert len(versions(made)) == 1

    @pytest.mark.parametrize("who", [MEMBER, CHAIR, STRANGER], ids=lambda one: one.id)
    async def test_nobody_else_rules(self, who: Actor) -> None:
        made = await circulated()
        given = done(await remark(made, MEMBER)).remark
        refused(await accept(made, given.id, who=who), RefusalCode.NOT_ALLOWED)
        refused(await turn_down(made, given.id, who=who), RefusalCode.NOT_ALLOWED)
        assert made.log[-1] == ("act.refused", given.id, who.id)

    async def test_an_office_that_is_inhabil_does_not_see_the_remark(self) -> None:
        made = await circulated()
        inhabil = actor(EXCLUDED.id, Role.OFFICE)
        given = done(await remark(made, MEMBER, section=SECRET)).remark
        refused(await accept(made, given.id, section=SECRET, who=inhabil), RefusalCode.NOT_FOUND)
        refused(await turn_down(made, given.id, who=inhabil), RefusalCode.NOT_FOUND)


class TestSilence:
    async def test_it_closes_the_round_and_approves_nothing(self) -> None:
        made = await circulated()
        done(await none(made, MEMBER))
        after_the_round(made)
        await closing(made)
        assert minutes(made).round_closed_at is not None
        assert minutes(made).state is MinutesState.CIRCULATED
        assert minutes(made).approved_version is None
        assert not owing(made)
        assert {("minutes.round_closed", OFFICE.id), ("minutes.round_closed", LEAD.id)} <= made.told
        assert answers(made) == {MEMBER.id: False}

    async def test_not_on_the_last_day_and_not_twice(self) -> None:
        made = await circulated()
        async with made.memory.work.read() as work:
            assert not await rounds_are_over(work, made.rules)
        after_the_round(made)
        await closing(made)
        rev = minutes(made).rev
        await closing(made)
        assert minutes(made).rev == rev
        assert happened(made).count("minutes.round_closed") == 1


class TestSight:
    async def test_one_who_is_inhabil_gets_it_without_the_case(self) -> None:
        made = await circulated()
        async with made.memory.work.read() as work:
            mine = await look_at_minutes(BOARD_MEETING, EXCLUDED, work, made.rules)
            whole = await look_at_minutes(BOARD_MEETING, MEMBER, work, made.rules)
        assert SECRET not in {one.id for one in mine.sections}  # type: ignore[union-attr]  # they may see it
        assert mine.left_out  # type: ignore[union-attr]  # as above
        assert SECRET in {one.id for one in whole.sections}  # type: ignore[union-attr]  # as above

    async def test_a_draft_is_for_those_who_write_it(self) -> None:
        made = await drafted()
        async with made.memory.work.write() as work:
            refused(await look_at_minutes(BOARD_MEETING, CHAIR, work, made.rules), RefusalCode.NOT_FOUND)
            await work.commit()
        assert made.log[-1] == ("act.refused", ABOUT, CHAIR.id)

    async def test_members_get_the_versions_from_the_circulation_on(self) -> None:
        made = await drafted()
        done(await edit(made, {SAID: "Bedre."}))
        done(await circulate(made))
        given = done(await remark(made, MEMBER, version=2)).remark
        done(await accept(made, given.id, "Enda bedre."))
        async with made.memory.work.read() as work:
            _seen, office = await versions_seen(BOARD_MEETING, OFFICE, work, made.rules)  # type: ignore[misc]  # may
            _seen, member = await versions_seen(BOARD_MEETING, MEMBER, work, made.rules)  # type: ignore[misc]  # may
        assert [one.version for one in office] == [1, 2, 3]
        assert [one.version for one in member] == [2, 3]
