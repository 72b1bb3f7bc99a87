"""The first version of minutes, the office's new wordings, and sending them out."""

from __future__ import annotations

from datetime import date

import pytest

from board.duty import DutyKind
from board.errors import RefusalCode
from board.minutes import MinutesState
from board.minutes_text import MAX_SECTION, Source
from board.people import Role
from tests.board.minutes_support import (
    ABOUT,
    AGREED,
    EXCLUDED,
    SAID,
    SECRET,
    SECTIONS,
    circulate,
    circulated,
    closed,
    done,
    draft,
    drafted,
    edit,
    happened,
    minutes,
    versions,
)
from tests.board.sitting_support import BOARD_MEETING, CHAIR, DEPUTY, MEMBER, SECOND, ready, under_way
from tests.board.support import COLLEAGUE, LEAD, OFFICE, STRANGER, actor, refused


class TestDraft:
    async def test_the_first_version_is_what_was_recorded(self) -> None:
        made = await drafted()
        assert (minutes(made).state, minutes(made).version, minutes(made).by) == (MinutesState.DRAFT, 1, OFFICE.id)
        assert [(one.sections, one.source) for one in versions(made)] == [(SECTIONS, Source.RECORD)]
        assert happened(made) == ["minutes.drafted"]

    async def test_there_is_one_draft_whoever_asks_again(self) -> None:
        made = await drafted()
        again = refused(await draft(made, LEAD), RefusalCode.ALREADY)
        assert again.params["by"] == OFFICE.id
        assert len(versions(made)) == 1

    async def test_not_before_the_meeting_is_closed(self) -> None:
        refused(await draft(await under_way()), RefusalCode.NOT_CLOSED)

    async def test_not_of_a_meeting_that_was_never_started(self) -> None:
        refused(await draft(await ready()), RefusalCode.NOT_STARTED)

    @pytest.mark.parametrize("who", [CHAIR, MEMBER, DEPUTY, STRANGER], ids=lambda one: one.id)
    async def test_the_office_and_its_lead_write_nobody_else(self, who: object) -> None:
        made = await closed()
        refused(await draft(made, who), RefusalCode.NOT_ALLOWED)  # type: ignore[arg-type]  # actors, by the list above
        assert made.log[-1] == ("act.refused", ABOUT, who.id)  # type: ignore[attr-defined]  # as above
        assert BOARD_MEETING not in made.memory.state.minutes_book

    async def test_the_plans_task_is_done_with_it(self) -> None:
        made = await closed()
        steps = [s for s in made.memory.state.planned.values() if s.deadline == "draft_minutes"]
        await draft(made)
        after = [s for s in made.memory.state.planned.values() if s.deadline == "draft_minutes"]
        assert [s.state for s in after] == ["done" if s.does == "ask" else s.state for s in steps]


class TestEdit:
    async def test_each_wording_is_a_version_with_who_and_from_where(self) -> None:
        made = await drafted()
        done(await edit(made, {SAID: "Styret drøftet saken lenge."}))
        done(await edit(made, {SAID: "Styret drøftet saken."}, 2, COLLEAGUE, Source.WORD))
        assert [(v.version, v.by, v.source) for v in versions(made)] == [
            (1, OFFICE.id, "record"), (2, OFFICE.id, "chat"), (3, COLLEAGUE.id, "word"),
        ]  # fmt: skip
        assert versions(made)[0].digest == versions(made)[2].digest != versions(made)[1].digest

    async def test_nothing_but_the_section_is_changed(self) -> None:
        made = await drafted()
        done(await edit(made, {SAID: "Nytt."}))
        before, after = versions(made)
        changed = [b.id for b, a in zip(before.sections, after.sections, strict=True) if a != b]
        assert changed == [SAID]

    async def test_the_same_text_is_no_new_version(self) -> None:
        made = await drafted()
        rev = minutes(made).rev
        result = done(await edit(made, {SAID: "Styret drøftet saken."}))
        assert result.after is result.before
        assert (minutes(made).rev, len(versions(made))) == (rev, 1)

    async def test_a_version_in_between_refuses_and_keeps_what_the_other_wrote(self) -> None:
        made = await drafted()
        done(await edit(made, {SAID: "Kollegaens."}, 1, COLLEAGUE))
        refusal = refused(await edit(made, {SAID: "Mitt."}, 1), RefusalCode.OTHER_VERSION)
        assert (refusal.params["version"], refusal.params["by"]) == (2, COLLEAGUE.id)
        assert versions(made)[-1].section(SAID).text == "Kollegaens."  # type: ignore[union-attr]  # it is there

    async def test_facts_are_not_worded_anew_and_no_section_comes(self) -> None:
        made = await drafted()
        refused(await edit(made, {AGREED: "Styret avslår."}), RefusalCode.SECTION_LOCKED)
        refused(await edit(made, {"item:nothing:text": "Nytt."}), RefusalCode.SECTION_LOCKED)
        refused(await edit(made, {SAID: "x" * (MAX_SECTION + 1)}), RefusalCode.TOO_LONG)
        assert len(versions(made)) == 1

    async def test_who_is_inhabil_does_not_touch_what_is_about_the_case(self) -> None:
        made = await drafted()
        inhabil = actor(EXCLUDED.id, Role.OFFICE)
        refused(await edit(made, {SECRET: "Mitt."}, who=inhabil), RefusalCode.NOT_FOUND)
        done(await edit(made, {SAID: "Mitt."}, who=inhabil))

    async def test_what_was_circulated_is_not_edited(self) -> None:
        made = await circulated()
        refused(await edit(made, {SAID: "Nytt."}), RefusalCode.ALREADY)


class TestCirculate:
    async def test_everybody_entitled_is_told_and_the_members_owe_an_answer(self) -> None:
        made = await circulated()
        told = {person for kind, person in made.told if kind == "minutes.circulated"}
        assert {CHAIR.id, MEMBER.id, SECOND.id, DEPUTY.id, LEAD.id, COLLEAGUE.id} <= told
        assert OFFICE.id not in told
        assert STRANGER.id not in told
        owing = {d.person for d in made.memory.state.duties.values() if d.kind is DutyKind.REMARK and d.is_open}
        assert {CHAIR.id, MEMBER.id, SECOND.id} <= owing
        assert not owing & {DEPUTY.id, COLLEAGUE.id, LEAD.id}

    async def test_the_last_day_is_the_plans_or_so_many_days_as_are_promised(self) -> None:
        made = await circulated()
        assert minutes(made).remarks_due == date(2026, 4, 24)  # ten days after is a Sunday: the plan moves earlier
        late = await drafted()
        late.clock.set(late.clock.now().replace(month=5, day=4))
        done(await circulate(late))
        assert minutes(late).remarks_due == date(2026, 5, 11)

    async def test_twice_says_who_did(self) -> None:
        made = await circulated()
        before = len(made.told)
        refused(await circulate(made, LEAD), RefusalCode.ALREADY)
        assert len(made.told) == before

    async def test_a_button_of_another_version_sends_nothing(self) -> None:
        made = await drafted()
        rev = minutes(made).rev
        done(await edit(made, {SAID: "Nytt."}))
        refused(await circulate(made, rev=rev), RefusalCode.OTHER_VERSION)
        assert minutes(made).state is MinutesState.DRAFT

    async def test_where_there_is_no_draft_there_is_nothing_to_send(self) -> None:
        refused(await circulate(await closed()), RefusalCode.NOT_FOUND)
        assert BOARD_MEETING not in (await closed()).memory.state.minutes_book
