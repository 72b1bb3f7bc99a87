"""The one-time link: from the mail to the receipt, and every way in which it is refused. Real HTTP, both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from board.answer_link import TOKEN_LENGTH, Why
from board.case import Case
from board.clock import OSLO
from board.events import Happened
from board.states import CaseState
from bot.answer_desk import Desk, Taken
from bot.demo import demo_id
from bot.rules import rules_for
from tests.fakes.browser import Page
from tests.scenarios.answer_steps import OWNER, OWNERS_MAIL, Street, a_street, part
from tests.scenarios.world import FIELDS, LEAD

TITLE = FIELDS["title"]


@pytest.fixture
async def street(url: str, tmp_path: Path) -> AsyncIterator[Street]:
    async with a_street(url, tmp_path) as opened:
        yield opened


async def state_of(street: Street, case: str) -> CaseState:
    found: Case = await street.world.case(case)
    return found.state


async def test_from_the_mail_to_the_receipt(street: Street) -> None:
    case, url = await street.asked()
    text = part(street.smtp.to(OWNERS_MAIL)[0], "plain")
    assert "Svar her: https://" in text
    assert "kan brukes én gang" in text
    assert "- Bekreft saken" in text
    assert "- Send tilbake (Hva må rettes?)" in text
    question = await street.visit(url)
    assert (question.status, question.language) == (200, "nb")
    assert TITLE in question.words
    assert "Denne siden er for Prosjekteier Demo" in question.words
    confirm = await question.press("Bekreft saken")
    assert confirm.heading == "Bekreft svaret ditt"
    assert "Du svarer: Bekreft saken" in confirm.words
    assert TITLE in confirm.words
    assert await state_of(street, case) is CaseState.AWAITING_OWNER, "nothing counts before it is confirmed"
    receipt = await confirm.press("Bekreft")
    assert (receipt.status, receipt.heading) == (200, "Svaret er registrert")
    assert "Takk. Porteføljekontoret har fått saken." in receipt.words
    assert await state_of(street, case) is CaseState.SUBMITTED
    assert [e.what.value for e in await street.world.history(case)][-2:] == ["case.confirmed", "answer_link.used"]
    assert {e.by for e in (await street.world.history(case))[-2:]} == {demo_id(OWNER)}
    await street.office.sees("Vurder saken")


async def test_looking_changes_nothing_and_tells_nothing(street: Street) -> None:
    case, url = await street.asked()
    rows = await street.world.rows()
    for _time in range(5):
        assert (await street.visit(url)).status == 200
    async with street.world.session.head(url) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert await street.world.rows() == rows
    assert await state_of(street, case) is CaseState.AWAITING_OWNER


async def test_an_answer_with_a_reason_is_shown_before_it_counts_and_can_be_changed(street: Street) -> None:
    case, url = await street.asked()
    page = (await street.visit(url)).fill("Hva må rettes? (påkrevd)", "Gevinstene er «uklare» <b>\n– se på dem")
    confirm = await page.press("Send tilbake")
    assert "Gevinstene er «uklare» <b> – se på dem" in confirm.words
    page = await confirm.press("Gå tilbake og endre")
    assert page.value("Hva må rettes? (påkrevd)") == "Gevinstene er «uklare» <b>\n– se på dem"
    confirm = await page.fill("Hva må rettes? (påkrevd)", "Tallene").press("Send tilbake")
    assert (await confirm.press("Bekreft")).heading == "Svaret er registrert"
    assert await state_of(street, case) is CaseState.DRAFT
    declined = next(e for e in await street.world.history(case) if e.what is Happened.CASE_DECLINED)
    assert declined.reason == "Tallene"


async def test_what_is_missing_is_said_at_its_field_and_the_link_is_not_spent(street: Street) -> None:
    case, url = await street.asked()
    page = await (await street.visit(url)).press("Send tilbake")
    assert page.status == 422
    assert "Svaret er ikke sendt. Rett dette:" in page.words
    assert '<a href="#' in page.html
    assert 'aria-invalid="true"' in page.html
    confirm = await page.fill("Hva må rettes? (påkrevd)", "Tallene").press("Send tilbake")
    assert (await confirm.press("Bekreft")).heading == "Svaret er registrert"
    assert await street.logged(case) == ["for case.decline"]


# -- refused -----------------------------------------------------------------------------------------------------------


def keeps_quiet(page: Page) -> bool:
    """Nothing of the case, and no name: anybody may hold the link."""
    told = page.html.lower()
    return not any(secret.lower() in told for secret in (TITLE, "prosjekteier demo", "case.", FIELDS["project_ref"]))


async def test_used_twice_or_forwarded_after_use(street: Street) -> None:
    case, url = await street.asked()
    confirm = await street.confirm_page(url)
    assert (await confirm.press("Bekreft")).status == 200
    again = await confirm.press("Bekreft")
    assert (again.status, again.heading) == (410, "Lenken er brukt")
    assert keeps_quiet(again)
    forwarded = await street.visit(url)
    assert (forwarded.status, forwarded.heading) == (410, "Lenken er brukt")
    assert "mandag 2. mars 2026" in forwarded.words, "so that the one who answered knows it"
    assert keeps_quiet(forwarded)
    assert await street.logged(case) == ["for case.confirm", "used"]
    assert [e.what for e in await street.world.history(case)].count(Happened.CASE_CONFIRMED) == 1


async def test_ten_at_the_same_instant_have_one_effect(street: Street) -> None:
    case, url = await street.asked()
    confirm = await street.confirm_page(url)
    answers = await asyncio.gather(*(confirm.press("Bekreft") for _n in range(10)))
    assert sorted(page.status for page in answers) == [200, *[410] * 9]
    assert [e.what for e in await street.world.history(case)].count(Happened.CASE_CONFIRMED) == 1
    assert sorted(await street.logged(case)) == ["for case.confirm", "used"]


async def test_of_ten_that_passed_the_gate_together_the_link_lets_one_through(street: Street) -> None:
    case, url = await street.asked()
    bot = street.world.bot
    assert bot is not None
    async with bot.store.work.read() as work:
        key, link = await work.answer_links.key(), await work.answer_links.get(url.rpartition("/")[2][:32])
    assert link is not None
    desk = Desk(bot.store.work, rules_for(street.world.settings, bot.clock))
    asked = await desk.asked(link)
    assert asked is not None
    confirm = next(one for one in asked.answers if one.act.verb == "case.confirm")
    rev = (await street.world.case(case)).rev
    taken = await asyncio.gather(*(desk.take(link, confirm, rev, {}, key) for _n in range(10)))
    assert [one.done for one in taken if isinstance(one, Taken)] == [True]
    assert [one for one in taken if not isinstance(one, Taken)] == [Why.USED] * 9
    assert [e.what for e in await street.world.history(case)].count(Happened.ANSWER_LINK_USED) == 1


async def test_expired(street: Street) -> None:
    case, url = await street.asked()
    confirm = await street.confirm_page(url)
    lead = street.world.person(LEAD, "Porteføljeansvarlig Demo")
    await lead.join()
    bot = street.world.bot
    assert bot is not None
    await lead.say(f"tid {(bot.clock.now() + timedelta(days=40)).astimezone(OSLO):%Y-%m-%d %H:%M}")
    for page in (await street.visit(url), await confirm.press("Bekreft")):
        assert (page.status, page.heading) == (410, "Lenken gjelder ikke lenger")
        assert keeps_quiet(page)
    assert await state_of(street, case) is CaseState.AWAITING_OWNER
    assert await street.logged(case) == ["expired"]


async def test_altered_in_every_character_shortened_and_lengthened(street: Street) -> None:
    case, url = await street.asked()
    base, _slash, token = url.rpartition("/")
    assert len(token) == TOKEN_LENGTH
    others = [f"{token[:n]}{'A' if c != 'A' else 'B'}{token[n + 1 :]}" for n, c in enumerate(token)]
    others += [f"{token[:-1]}{c}" for c in "ABCDEFGHIJKLMNOP" if c != token[-1]]
    others += [token[:40], token[:-1], f"{token}A", f"{token}.", "x", "%00", "x" * 4000]
    for other in others:
        page = await street.visit(f"{base}/{other}")
        assert (page.status, page.heading) in ((404, "Lenken virker ikke"), (429, "Vent et øyeblikk")), other
        assert keeps_quiet(page)
    assert (await street.visit(url)).status == 200, "the true one works still"
    assert await street.logged(case) == ["altered"], "once, however often"


async def test_unknown_to_the_store_though_signed(street: Street) -> None:
    case, url = await street.asked()
    async with street.world.bot.store.work.write() as work:  # type: ignore[union-attr]  # it runs
        assert await work.answer_links.forget(url.rpartition("/")[2][:32])
        await work.commit()
    page = await street.visit(url)
    assert (page.status, page.heading) == (404, "Lenken virker ikke")
    assert await state_of(street, case) is CaseState.AWAITING_OWNER


async def test_answered_in_a_chat_meanwhile(street: Street) -> None:
    case, url = await street.asked()
    confirm = await street.confirm_page(url)
    owner = street.world.person(OWNER, "Prosjekteier Demo")
    await owner.join()
    await owner.press_raw("case.confirm", {"id": case, "rev": (await street.world.case(case)).rev})
    for page in (await street.visit(url), await confirm.press("Bekreft")):
        assert (page.status, page.heading) == (410, "Det er ikke noe å svare på her nå")
        assert keeps_quiet(page)
    assert await street.logged(case) == ["over"]


# -- what is posted ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["case.withdraw", "case.accept", "0" * 16, "", "0" * 16 + ".7", "x" * 5000])
async def test_only_what_stands_on_the_message_can_be_posted(street: Street, act: str) -> None:
    case, url = await street.asked()
    page = await street.send(url, [("act", act), ("sure", "yes"), ("id", case), ("verb", "case.accept")])
    assert page.status == 409
    assert "Dette er endret siden du åpnet siden" in page.words
    assert await state_of(street, case) is CaseState.AWAITING_OWNER
    assert await street.logged(case) == []


async def test_a_revision_that_is_not_the_cases_any_more_is_told_and_spends_nothing(street: Street) -> None:
    case, url = await street.asked()
    pairs = (await street.confirm_page(url)).sent_by("Bekreft")
    old = [(name, f"{value.partition('.')[0]}.1" if name == "act" else value) for name, value in pairs]
    page = await street.send(url, old)
    assert page.status == 422
    assert "er endret" in page.words
    assert await state_of(street, case) is CaseState.AWAITING_OWNER
    assert (await street.send(url, pairs)).status == 200


async def test_bodies_that_are_no_form_of_ours(street: Street) -> None:
    _case, url = await street.asked()
    http = street.world.session
    for body, kind, status in (
        (b"{}", "application/json", 415),
        (b"act=" + b"x" * 200_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=1" % n for n in range(500)), "application/x-www-form-urlencoded", 400),
        ("act=æ".encode(), "application/x-www-form-urlencoded", 400),
    ):
        async with http.post(url, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == status
            assert "Skjemaet kunne ikke leses" in await answer.text()


async def test_the_headers_let_nothing_in_and_nothing_out(street: Street) -> None:
    _case, url = await street.asked()
    used = await (await street.confirm_page(url)).press("Bekreft")
    for page in (used, await street.visit(url), await street.visit(f"{url}x")):
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        for word in ("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert word in policy
        assert page.headers["Cache-Control"] == "private, no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "<script" not in page.html
        assert " style=" not in page.html
        assert "http-equiv" not in page.html


async def test_too_many_requests_of_one_link_wait_and_others_do_not(street: Street) -> None:
    _case, url = await street.asked()
    _other, second = await street.asked(title="En annen sak")
    statuses = [(await street.visit(url)).status for _n in range(62)]
    assert statuses[:60] == [200] * 60
    assert statuses[-1] == 429
    assert (await street.visit(second)).status == 200
