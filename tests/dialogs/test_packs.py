"""Papers in a chat: sending, reading, what is new, and what one may not see."""

from __future__ import annotations

from dataclasses import replace

from board.agenda import ItemKind
from tests.board.pack_support import (
    CHAIR,
    MEMBER,
    OBSERVER,
    OTHER_CASE,
    attach,
    board_case,
    exclude,
)
from tests.board.support import (
    BOARD_MEETING,
    COLLEAGUE,
    LEAD,
    OFFICE,
)
from tests.dialogs.meeting_support import banners, facts
from tests.dialogs.pack_support import SECRET_TITLE, labels, links, papers
from tests.dialogs.support import words

# -- reading -------------------------------------------------------------------------------------------------------


async def test_a_recipient_sees_how_much_there_is_and_what_is_to_be_decided() -> None:
    orientation = replace(board_case("case-2", "002-2026", "Sluttrapport"), case_type="bp5", documents=())
    content = replace(orientation.content, reason_incomplete="Kommer.")
    room = await papers(board_case(), replace(orientation, content=content))
    state = room.desk.memory.state
    items = tuple(
        replace(item, kind=ItemKind.ORIENTATION) if item.case == OTHER_CASE else item
        for item in state.agendas[BOARD_MEETING].items
    )
    state.agendas[BOARD_MEETING] = replace(state.agendas[BOARD_MEETING], items=items)
    await room.send()
    card = await room.chat(MEMBER).drawn("pack.sent", BOARD_MEETING, 1)
    assert card is not None
    assert card.title == (
        "Sakspapirene til styremøtet torsdag 16. april 2026 er klare: 81 sider, om lag 21 minutter å lese"
    )
    assert card.summary.endswith("1 sak må besluttes.")
    said = words(card)
    assert "Må besluttes (1)\n001-2026: Felles meldingstjeneste" in said
    assert "Til orientering (1)\n002-2026: Sluttrapport" in said
    assert card.why == "Du får denne fordi du er medlem i styret."
    assert labels(card) == ["Les sakspapirene", "Habilitet", "Saksliste"]


async def test_reading_gives_an_address_of_ones_own_and_the_office_sees_who_has_opened() -> None:
    room = await papers()
    await room.send()
    member = room.chat(MEMBER)
    card = await member.click(await member.say("sakspapirer"), "pack.read")
    assert labels(card)[0] == "Åpne sakspapirene (PDF, 81 sider)"
    (link,) = links(card)
    assert link.startswith("https://saksgang.example.org/papers/")
    assert link.endswith(".pdf")
    seen = words(await room.chat(OFFICE).say("sakspapirer"))
    assert "1 av 4 har åpnet sakspapirene" in seen
    assert "Other-Member: versjon 1, mandag 2. mars 2026 kl. 08.00" in seen
    assert "har åpnet" not in words(await room.chat(CHAIR).say("sakspapirer")), "who has read is the office's matter"


async def test_the_office_sees_who_was_told_and_how_and_keeps_the_card() -> None:
    room = await papers()
    await room.send()
    office = room.chat(OFFICE)
    card = await office.click(await office.say("sakspapirer"), "notice.missed")
    assert card.title == "Sakspapirer til styremøtet torsdag 16. april 2026"
    assert "Sakspapirene er sendt: styremøtet torsdag 16. april 2026" in words(office.all[0])


async def test_where_the_bot_knows_no_address_it_says_so_and_marks_nothing() -> None:
    room = await papers(site="")
    await room.send()
    card = await room.chat(MEMBER).press("pack.read", {"id": BOARD_MEETING})
    assert "SAKSGANG_PUBLIC_URL" in words(card)
    assert not room.desk.memory.state.pack_reads
    assert not room.desk.memory.state.links


async def test_new_since_you_read_names_what_changed_and_only_to_who_read_the_old_one() -> None:
    room = await papers()
    await room.send()
    await room.chat(MEMBER).press("pack.read", {"id": BOARD_MEETING})
    await attach(room.desk)
    office = room.chat(OFFICE)
    card = await office.say("sakspapirer")
    assert "Endret siden de ble sendt" in words(card)
    await office.click(card, "pack.send")
    assert await room.packing.round()
    assert room.told("pack.changed") == {MEMBER.id}
    news = await room.chat(MEMBER).drawn("pack.changed", BOARD_MEETING, 2, "1")
    assert news is not None
    assert news.title == "Nytt i sakspapirene til styremøtet torsdag 16. april 2026 siden du leste dem"
    assert "Nytt siden du leste\n• 001-2026: vedlegg er lagt til eller byttet" in words(news)
    assert await room.chat(CHAIR).drawn("pack.changed", BOARD_MEETING, 2, "1") is None
    await room.chat(MEMBER).press("pack.read", {"id": BOARD_MEETING})
    assert await room.chat(MEMBER).drawn("pack.changed", BOARD_MEETING, 2, "1") is None, "read meanwhile"


async def test_what_is_new_is_printed_in_the_new_version() -> None:
    room = await papers()
    await room.send()
    await attach(room.desk)
    await room.chat(OFFICE).press("pack.send", {"id": BOARD_MEETING})
    await room.packing.round()
    assert room.press.packs[-1].changes == ("001-2026: vedlegg er lagt til eller byttet",)
    assert room.press.packs[-1].version == 2


async def test_a_case_paper_before_it_is_sent_is_stamped_as_a_draft() -> None:
    room = await papers()
    card = await room.chat(OFFICE).press("case.paper", {"id": "case-1"})
    assert card.title == "Saksfremlegg: 001-2026 Felles meldingstjeneste"
    assert "merket som utkast" in words(card)
    assert len(links(card)) == 1
    case = room.desk.case()
    assert await room.packing.draft(case, 5) is not None
    (printed,) = room.press.printed
    assert "Utkast. Saken er ikke sendt ut." in printed.document.stamps  # type: ignore[union-attr]  # a paper
    await room.packing.draft(case, 5)
    assert len(room.press.printed) == 1, "the same case as it is is printed once"


# -- what one may not see ------------------------------------------------------------------------------------------


async def test_one_who_is_inhabil_finds_no_trace_in_card_variant_or_paper() -> None:
    room = await papers(board_case(), board_case("case-2", "002-2026", SECRET_TITLE))
    await exclude(room.desk, OTHER_CASE, MEMBER.id)
    await room.send()
    whole, without = room.press.packs
    assert [paper.number for paper in whole.papers] == ["001-2026", "002-2026"]
    assert [paper.number for paper in without.papers] == ["001-2026"]
    assert SECRET_TITLE not in repr(without)
    assert "002-2026" not in repr(without)
    member = room.chat(MEMBER)
    card = await member.say("sakspapirer")
    assert SECRET_TITLE not in words(card)
    assert "002-2026" not in words(card)
    assert facts(card)["Omfang"].startswith("82 sider")
    refused = await member.press("case.paper", {"id": OTHER_CASE})
    assert SECRET_TITLE not in words(refused)
    assert ("act.refused", OTHER_CASE, MEMBER.id) in room.desk.log


async def test_ruled_inhabil_after_it_went_out_the_card_is_redrawn_without_the_case() -> None:
    room = await papers(board_case(), board_case("case-2", "002-2026", SECRET_TITLE))
    await room.send()
    member = room.chat(MEMBER)
    assert SECRET_TITLE in words(await member.say("sakspapirer"))
    await exclude(room.desk, OTHER_CASE, MEMBER.id)
    copy = await member.drawn("pack.sent", f"pack:{BOARD_MEETING}", 3, copy=True)
    assert copy is not None
    assert SECRET_TITLE not in words(copy)


async def test_an_office_person_who_is_inhabil_sees_no_title_in_the_gates_and_cannot_send() -> None:
    bare = replace(board_case("case-2", "002-2026", SECRET_TITLE), documents=())
    room = await papers(board_case(), bare)
    await exclude(room.desk, OTHER_CASE, OFFICE.id)
    card = await room.chat(OFFICE).say("send pakke")
    assert SECRET_TITLE not in words(card)
    assert "Det gjelder en sak." in words(card)
    room = await papers(board_case(), board_case("case-2", "002-2026", SECRET_TITLE))
    await exclude(room.desk, OTHER_CASE, OFFICE.id)
    card = await room.chat(OFFICE).press("pack.send", {"id": BOARD_MEETING})
    assert "Du er inhabil i en av sakene" in banners(card)


# -- failing -------------------------------------------------------------------------------------------------------


async def test_what_cannot_be_made_is_told_to_the_office_with_an_incident_and_sent_again() -> None:
    room = await papers()
    room.press.fails = True
    await room.send()
    assert room.told("pack.failed") == {OFFICE.id, COLLEAGUE.id, LEAD.id}
    (row,) = [r for r in room.desk.memory.state.outbox.values() if (r.kind, r.person) == ("pack.failed", OFFICE.id)]
    card = await room.chat(OFFICE).drawn("pack.failed", BOARD_MEETING, 1, row.part)
    assert card is not None
    assert row.part
    assert row.part in words(card)
    room.press.fails = False
    await room.chat(OFFICE).click(card, "pack.send")
    assert await room.packing.round()
    assert room.told("pack.sent") >= {CHAIR.id, MEMBER.id, OBSERVER.id}
    assert await room.chat(OFFICE).drawn("pack.failed", BOARD_MEETING, 1, row.part) is None
