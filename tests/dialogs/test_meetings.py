"""Meetings in chat: preview, confirmation, refusal; nothing typed is lost. On a real store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from board.events import Happened
from board.meeting import MeetingState
from board.people import Body
from tests.board.support import LEAD, SUBMITTER
from tests.dialogs.meeting_support import (
    APRIL,
    JUNE,
    banners,
    errors,
    facts,
    standing,
)
from tests.dialogs.support import (
    CHAIR,
    MEMBER,
    Chat,
    House,
    fields_of,
    words,
)

# -- a new one -------------------------------------------------------------------------------------------------------


async def test_a_new_meeting_is_previewed_with_its_whole_plan_and_stored_when_confirmed(office: Chat) -> None:
    preview = await office.say("nytt møte styret 2026-09-24 09:00 på Grand, 3 timer")
    plan = facts(preview)
    assert "Sakspapirene sendes ut (mandatet § 7) – porteføljekontoret" in plan["mandag 14. september"]
    assert plan["torsdag 24. september"] == "Møtet, kl. 09.00 til kl. 12.00"
    assert len(plan) == 13
    assert len(await office.house.meetings()) == 2, "a preview stores nothing"
    card = await office.click(preview, "meeting.create", "Opprett", place="Scandic")
    (made,) = [m for m in await office.house.meetings() if m.day == date(2026, 9, 24)]
    assert (made.starts_at, made.minutes, made.place) == (datetime(2026, 9, 24, 7, tzinfo=UTC), 180, "Scandic")
    assert "satt opp" in banners(card)
    assert card.about is not None
    assert card.about.object_id == made.id


async def test_confirming_twice_makes_one_meeting(office: Chat) -> None:
    preview = await office.say("nytt møte kontoret 2026-09-24 09:00")
    await office.click(preview, "meeting.create", "Opprett")
    again = await office.click(preview, "meeting.create", "Opprett")
    assert len(await office.house.meetings(Body.OFFICE)) == 1
    assert "alt satt opp" in banners(again)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("styret lørdag 26. september 2026 kl 9", "fridag"),
        ("styret 7. januar 2027 kl 9", "romjula: mandag 28. desember 2026"),
        ("styret 16. april 2026 kl 13", "samme dag: Styremøte torsdag 16. april 2026 kl. 09.00"),
        ("AU 10. april 2026 kl 9", "senere enn planen for styremøtet 16.04.2026, som sier fredag 27. mars 2026"),
        ("styret 24. september 2026 kl 2", "utenom vanlig arbeidstid"),
        ("styret 9. mars 2026 kl 9", "Bare leder kan gi dispensasjon"),
        ("styret annenhver torsdag 24. september 2026 kl 9", "forsto jeg ikke: «annenhver»"),
    ],
)
async def test_the_preview_warns_and_forbids_nothing(office: Chat, text: str, said: str) -> None:
    preview = await office.say(f"nytt møte {text}")
    assert said in banners(preview)
    await office.click(preview, "meeting.create", "Opprett")
    assert [m for body in Body for m in await office.house.meetings(body) if m.id not in (APRIL, JUNE)]


async def test_what_has_passed_already_says_so_in_words(office: Chat) -> None:
    plan = facts(await office.say("nytt møte styret 9. april 2026 kl 9"))
    assert plan["torsdag 26. februar"].endswith("(har passert)")
    assert not plan["onsdag 8. april"].endswith("(har passert)")


async def test_what_is_missing_is_asked_for_and_what_was_written_stays(office: Chat) -> None:
    form = await office.say("nytt møte styret en gang i høst")
    assert standing(form)["body"] == "board"
    assert standing(form)["date"] == "en gang i høst"
    assert set(errors(form)) == {"date", "time"}
    form = await office.click(form, "meeting.create", date="32. september", time="kl 9", minutes="lenge", place="Grand")
    assert set(errors(form)) == {"date", "minutes"}
    assert standing(form) == {
        "body": "board",
        "date": "32. september",
        "time": "kl 9",
        "place": "Grand",
        "minutes": "lenge",
    }
    preview = await office.click(form, "meeting.create", date="24. septmber", minutes="to timer")
    assert preview.title == "Nytt: Styremøte torsdag 24. september 2026 kl. 09.00"
    await office.click(preview, "meeting.create", "Opprett")
    made = (await office.house.meetings())[-1]
    assert (made.place, made.minutes) == ("Grand", 120)


async def test_an_empty_form_marks_nothing_and_a_preview_can_be_changed(office: Chat) -> None:
    assert errors(await office.say("nytt møte")) == {}
    preview = await office.say("nytt møte styret 2026-09-24 09:00")
    form = await office.click(preview, "meeting.create", "Endre", place="Grand")
    assert standing(form) == {
        "body": "board",
        "date": "24.09.2026",
        "time": "09.00",
        "place": "Grand",
        "minutes": "120",
    }


async def test_a_time_that_is_taken_or_over_leads_back_to_the_form(office: Chat) -> None:
    preview = await office.say("nytt møte styret 2026-04-16 09:00")
    form = await office.click(preview, "meeting.create", "Opprett")
    assert "alt et møte på den tiden" in errors(form)["date"]
    assert standing(form)["date"] == "16.04.2026"
    assert errors(await office.say("nytt møte styret 2026-02-24 09:00")) == {"date": "Dagen er passert."}
    preview = await office.say("nytt møte styret i dag kl 9")
    office.house.clock.move(hours=2)
    assert "passert" in errors(await office.click(preview, "meeting.create", "Opprett"))["date"]


async def test_after_a_board_meeting_the_working_groups_is_offered_on_its_planned_day(office: Chat) -> None:
    card = await office.click(await office.say("nytt møte styret 2026-09-24 09:00"), "meeting.create", "Opprett")
    preview = await office.click(card, "meeting.create", "AU")
    assert preview.title == "Nytt: Møte i arbeidsutvalget fredag 4. september 2026 kl. 09.00"
    await office.click(preview, "meeting.create", "Opprett")
    (made,) = await office.house.meetings(Body.WORKING_GROUP)
    assert made.serves == (await office.house.meetings())[-1].id


@pytest.mark.parametrize("text", ["nytt møte styret 2026-09-24 09:00", "flytt møte", "avlys møte"])
async def test_only_the_office_and_its_lead_arrange_meetings_and_a_try_is_logged(house: House, text: str) -> None:
    for who in (MEMBER, SUBMITTER, CHAIR):
        refused = await house.chat(who).say(text)
        assert "porteføljekontoret og porteføljeansvarlig" in refused.title
    assert [event.what for event in await house.log("meeting")] == [Happened.ACT_REFUSED] * 3
    assert len(await house.meetings()) == 2
    assert "Nytt" in (await house.chat(LEAD).say("nytt møte styret 2026-09-24 09:00")).title


# -- moved -----------------------------------------------------------------------------------------------------------


async def test_a_move_is_previewed_deadline_by_deadline(house: House, office: Chat) -> None:
    house.clock.move(days=18)
    preview = await office.say("flytt møte 16. april til 23. april")
    rows = facts(preview)
    assert rows["Ny tid"] == "torsdag 23. april 2026 kl. 09.00", "the time of day is kept"
    assert rows["Innkalling til å melde saker"].endswith("torsdag 12. mars (har passert)")
    assert rows["Sakspapirene sendes ut"] == "onsdag 1. april → mandag 13. april"
    said = words(preview)
    assert "Frister som har passert: 2" in said
    assert "Én melding til hver av disse 4: leder (1), medlem (2) og porteføljeansvarlig (1)." in said
    assert "spurt på nytt" in said
    assert (await house.meeting(APRIL)).rev == 1, "a preview changes nothing"
    card = await office.click(preview, "meeting.move", "Flytt")
    assert "flyttet" in banners(card)
    assert (await house.meeting(APRIL)).day == date(2026, 4, 23)


async def test_only_the_time_of_day_moves_no_deadline(office: Chat) -> None:
    said = words(await office.say("flytt møte 16. april til kl 13"))
    assert "Frister som ikke flyttes" in said
    assert "Frister som flyttes" not in said


async def test_the_working_groups_meeting_stays_where_it_is_and_the_preview_says_so(office: Chat) -> None:
    await office.click(await office.say("nytt møte AU 27. mars 2026 kl 9"), "meeting.create", "Opprett")
    said = words(await office.say("flytt møte styret 16. april til 9. april"))
    assert "Møte i arbeidsutvalget fredag 27. mars 2026 kl. 09.00 blir stående" in said


@pytest.mark.parametrize("text", ["flytt møte", "flytt møte styret til 1. oktober", "flytt møte 17. april til 1. mai"])
async def test_an_unclear_move_asks_which_and_loses_nothing(office: Chat, text: str) -> None:
    form = await office.say(text)
    offered = next(f for f in fields_of(form) if f.id == "meeting").options
    assert [o.value for o in offered] == [APRIL, JUNE]
    assert bool(standing(form)["date"]) == (" til " in text)
    preview = await office.click(form, "meeting.move", meeting=APRIL, date="1. oktober", time="")
    assert facts(preview)["Ny tid"] == "torsdag 1. oktober 2026 kl. 09.00"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"date": "en gang"}, "date"),
        ({"date": "1. oktober", "time": "tidlig"}, "time"),
        ({}, "date"),
        ({"date": "16. april"}, "date"),
        ({"date": "1.1.2026"}, "date"),
        ({"date": "i dag", "time": "07.00"}, "date"),
    ],
)
async def test_a_wrong_day_keeps_what_was_typed_and_marks_the_field(
    office: Chat, typed: dict[str, str], field: str
) -> None:
    card = await office.press("meeting.open", {"id": APRIL})
    form = await office.click(card, "meeting.move", **typed)
    assert field in errors(form)
    assert {k: v for k, v in standing(form).items() if k in typed} == typed
    assert (await office.house.meeting(APRIL)).rev == 1


async def test_moving_onto_another_meeting_or_from_an_old_preview_is_refused(house: House, office: Chat) -> None:
    preview = await office.say("flytt møte 16. april til 4. juni kl 9")
    form = await office.click(preview, "meeting.move", "Flytt")
    assert "alt et møte på den tiden" in errors(form)["date"]
    old = await office.say("flytt møte 16. april til 23. april")
    await house.chat(LEAD).click(
        await house.chat(LEAD).say("flytt møte 16. april til 30. april"), "meeting.move", "Flytt"
    )
    late = await office.click(old, "meeting.move", "Flytt")
    assert "Møtet er endret siden du så det. Sist: Per flyttet møtet" in banners(late)
    assert (await house.meeting(APRIL)).day == date(2026, 4, 30)


@pytest.mark.parametrize(
    "data",
    [
        {"id": "april", "rev": 1, "starts_at": "now"},
        {"id": "april", "rev": 1, "starts_at": "2026-10-01T09:00:00"},
        {"id": "nowhere", "rev": 1, "starts_at": "2026-10-01T09:00:00+00:00"},
        {"id": ["april"], "starts_at": 7},
        {"rev": True, "preview": True, "meeting": "x" * 5000},
        {"starts_at": "2026-10-01T09:00:00+00:00", "id": "april", "rev": "1"},
    ],
)
async def test_a_crafted_press_changes_nothing(office: Chat, data: dict[str, Any]) -> None:
    for verb in ("meeting.move", "meeting.cancel", "meeting.create", "meeting.attend", "meeting.open"):
        assert (await office.press(verb, data)).title
    found = [m for body in Body for m in await office.house.meetings(body)]
    assert [(m.id, m.rev) for m in found] == [(APRIL, 1), (JUNE, 1)]


# -- cancelled -------------------------------------------------------------------------------------------------------


async def test_cancelling_asks_for_a_reason_and_for_a_yes(house: House, office: Chat) -> None:
    preview = await office.say("avlys møte 16. april")
    assert (await house.meeting(APRIL)).is_planned
    again = await office.click(preview, "meeting.cancel")
    assert "reason" in errors(again)
    assert (await house.meeting(APRIL)).is_planned
    card = await office.click(again, "meeting.cancel", reason="For få saker.")
    assert card.title.startswith("Avlyst: ")
    assert "For få saker." in words(card)
    assert (await house.meeting(APRIL)).state is MeetingState.CANCELLED
    late = await office.click(preview, "meeting.cancel", reason="Igjen.")
    assert "Lise avlyste møtet" in banners(late)


async def test_a_reason_in_the_command_stands_in_the_preview_and_the_choice(office: Chat) -> None:
    preview = await office.say("avlys møte 16. april fordi leder er syk")
    assert standing(preview)["reason"] == "leder er syk"
    form = await office.say("avlys møte styret fordi leder er syk")
    assert standing(form)["reason"] == "leder er syk"
    assert "meeting" in errors(form)
    preview = await office.click(form, "meeting.cancel", meeting=JUNE)
    assert preview.title == "Avlyse styremøtet torsdag 4. juni 2026 kl. 09.00?"
    assert standing(preview)["reason"] == "leder er syk"


async def test_a_meeting_that_has_begun_is_left_alone(house: House, office: Chat) -> None:
    preview = await office.say("avlys møte 16. april fordi leder er syk")
    house.clock.move(days=46)
    assert "Møtet har alt begynt" in banners(await office.click(preview, "meeting.cancel"))
    assert "Møtet har alt begynt" in banners(await office.press("meeting.move", {"id": APRIL, "preview": True}))
    assert [m.id for m in await house.meetings()] == [JUNE]
    house.clock.move(days=60)
    assert (await office.say("flytt møte")).title == "Det er ingen møter framover"
