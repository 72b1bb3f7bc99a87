"""A case's whole way, from a form to minutes that are locked, as people go it: what they see, press and fill in."""

from __future__ import annotations

from board.ids import MeetingId
from board.minutes import MinutesState
from board.sitting import SittingState
from board.states import CaseState
from bot.demo import demo_id
from tests.scenarios.pack_steps import AFTER_GROUP, BOARD, GROUP, MEMBERS, Course, a_course, title, until
from tests.scenarios.sitting_steps import STARTS, sitting
from tests.scenarios.steps import case_of, opened
from tests.scenarios.world import CHAIR, FIELDS, MEMBER, Chat, World, words

NEXT = MeetingId("styret-2")
IN_ROOM = MEMBERS[:7]
REMARK = "Presiser at driftskostnaden er et anslag."
TAKEN_IN = "Styret drøftet saken, og merket seg at driftskostnaden er et anslag."


async def whole_course(world: World) -> Course:
    course = await a_course(world, members=IN_ROOM)
    await _taken_in(course)
    await _through_the_group(course)
    await _sent(course, BOARD)
    await _held(course)
    await _minutes_worded(course)
    await _approved(course)
    return course


async def ends(course: Course) -> tuple[CaseState, SittingState, MinutesState, int | None, bool]:
    """Where it all came to."""
    async with course.work.read() as work:
        minutes = (await work.minutes_book.named([BOARD]))[BOARD]
    case = await course.world.case(course.cases[0])
    return case.state, (await sitting(course)).state, minutes.state, minutes.approved_version, bool(minutes.sha256)


async def _taken_in(course: Course) -> None:
    """Filled in, a link attached, confirmed by the owner, accepted by the office."""
    submitter, owner, office = course.people.submitter, course.people.owner, course.office
    form = await opened(submitter)
    url = "https://dokumenter.example.org/plan.pdf"
    form = await submitter.press(form, "case.attach", document_type="stage_plan", url=url)
    given = {**FIELDS, "title": title(0), "wanted_meeting": str(BOARD), "reason_incomplete": "Resten kommer."}
    sent = await submitter.press(form, "case.submit", **given)
    assert "Sendt til prosjekteier" in words(sent)
    await owner.press(await owner.sees("Bekreft at du står bak"), "case.confirm")
    await office.press(await office.sees("Vurder saken"), "case.accept")
    course.cases.append(case_of(sent))  # type: ignore[arg-type]  # an id


async def _through_the_group(course: Course) -> None:
    case, lead, rep = course.cases[0], course.lead, course.rep
    card = await lead.press_raw("case.open", {"id": case, "rev": 0})
    await lead.press(await lead.looks(card), "wg.schedule", meeting=str(GROUP))
    await rep.press(await rep.sees("Uttal deg"), "wg.statement", statement="De ansatte er hørt.")
    await course.tid(AFTER_GROUP)
    await course.treated(case)
    await course.minutes()


async def _sent(course: Course, meeting: MeetingId) -> None:
    """On an agenda that the chair approves; in every inbox; opened, and answered to by those who come."""
    await course.office.press_raw("agenda.build", {"id": meeting})
    await course.approved(meeting)
    await course.send(meeting)
    await course.out(meeting=meeting)
    for chat in (course.chair, *course.members):
        await chat.press_raw("meeting.attend", {"id": meeting, "answer": "yes"})
    for digits in MEMBERS[len(IN_ROOM) :]:
        data = {"id": meeting, "rev": 1, "person": demo_id(digits), "answer": "no"}
        await course.office.press_raw("meeting.attend", data)
    first = course.members[0]
    await first.press(await first.sees("Sakspapirene til styremøtet"), "pack.read")
    data = {"id": meeting, "case": course.cases[0], "answer": "none"}
    await first.press_raw("conflict.declare", data)


async def _held(course: Course) -> None:
    lead = course.lead
    await course.tid(STARTS)
    sheet = await lead.press_raw("sitting.start", {"id": BOARD})
    items = (await sitting(course)).items
    for item in items:
        if item != items[0]:
            sheet = await lead.press_raw("sitting.call", {"id": BOARD})
        outcome = "noted" if item == items[-1] else "adopted"
        recorded = await lead.press(await lead.looks(sheet), "decision.record", outcome=outcome)
        assert "Lagret" in words(recorded)
    closed = await lead.press_raw("sitting.close", {"id": BOARD})
    await lead.press(closed, "decision.publish")
    await course.people.submitter.sees("Saken er behandlet av styret")


async def _minutes_worded(course: Course) -> None:
    """Drafted, circulated, remarked on by one, and the remark taken in."""
    office, reader = course.office, course.members[1]
    draft = await office.say("skriv referat")
    await office.press(draft, "minutes.circulate")
    card = await reader.sees("Ingen merknad")
    given = await reader.press(card, "minutes.remark", **{"class": "editorial", "remark": REMARK})
    assert REMARK in words(given)
    await course.members[2].press(await course.members[2].sees("Ingen merknad"), "minutes.none")
    await _ruled(course, office)
    await reader.sees("Merknaden din er tatt inn.")


async def _ruled(course: Course, office: Chat) -> None:
    asked = await office.sees(REMARK)
    section = f"item:{(await sitting(course)).items[1]}:text"
    form = await office.press(asked, "minutes.open", section=section)
    await office.press(form, "minutes.accept_remark", text=TAKEN_IN)


async def _approved(course: Course) -> None:
    """At the next meeting, when it has come to the item; then the file is made."""
    await course.meeting(NEXT, "board", "2026-06-04 09:00")
    await course.tid("2026-05-20 09:00")
    await _sent(course, NEXT)
    await course.tid("2026-06-04 09:00")
    await course.lead.press_raw("sitting.start", {"id": NEXT})
    await course.lead.press_raw("sitting.call", {"id": NEXT})
    for chat in course.members:
        await chat.press(await chat.sees("Godkjenne referatet fra styremøtet"), "minutes.approve")
    asked = await course.chair.sees("7 av 8 har svart")
    await course.chair.press(asked, "minutes.conclude", result="approved")

    async def is_locked() -> bool:
        async with course.work.read() as work:
            return bool((await work.minutes_book.named([BOARD]))[BOARD].sha256)

    await until(is_locked, "the file is made", 60)
    await course.world.quiet()
    assert (5, MEMBERS[0]) == (CHAIR, MEMBER)
