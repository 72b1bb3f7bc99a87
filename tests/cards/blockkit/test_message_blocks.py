"""Messages as Block Kit: what stands where, in three languages, within Slack's limits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cards.blockkit import asks, escaped, to_home, to_message_blocks, to_reading
from cards.blockkit.fit import written
from cards.i18n import LANGUAGES, Language, use
from cards.message import Act, Banner, Facts, Field, Inputs, LongText, Message, Open, Paragraph, Say, Step, Steps
from cards.plain import to_summary
from tests.cards.blockkit.reading_blocks import buttons, shown
from tests.cards.examples import TONES, message
from tests.fakes.slack_limits import problems_of_message, problems_of_view

FORM = "f" * 64


def draw(*blocks: Any, **parts: Any) -> list[dict[str, Any]]:
    return to_message_blocks(Message("Sak", blocks, **parts))


def problems(of: Message) -> list[str]:
    return problems_of_message({"text": escaped(to_summary(of)), "blocks": to_message_blocks(of, FORM)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", TONES)
def test_every_block_and_button_is_within_the_limits(language: Language, tone: Any) -> None:
    with use(language):
        assert problems(message(tone=tone)) == []


def test_a_director_reads_it_from_top_to_bottom() -> None:
    case = Message(
        "Bekreft sak 012-2026",
        (
            Banner("Frist i morgen", "warning"),
            Facts((("Frist", "torsdag 16. april"), ("Eier", ""))),
            LongText("Bakgrunn", "Styret ba om det.\nNå er det klart."),
            Steps((Step("Meldt", "done", "2. mars"), Step("Hos eier", "current"))),
        ),
        (Act("case.confirm", "Bekreft", {"id": "c", "rev": 3}, "positive"), Say("Hjelp", "hjelp")),
        why="Du får denne fordi du er prosjekteier.",
    )
    header, banner, facts, background, steps, acts, why = to_message_blocks(case)
    assert header["text"] == {"type": "plain_text", "text": "Bekreft sak 012-2026", "emoji": False}
    assert banner["text"]["text"] == "*⚠ Frist i morgen*"
    assert [text["text"] for text in facts["fields"]] == ["*Frist*", "torsdag 16. april", "*Eier*", "–"]
    assert background["text"]["text"] == "*Bakgrunn*\nStyret ba om det.\nNå er det klart."
    assert steps["text"]["text"] == "✓ Meldt · ferdig · 2. mars\n*● Hos eier* · nå"
    confirm, help_ = acts["elements"]
    assert (confirm["action_id"], json.loads(confirm["value"])) == ("case.confirm", {"id": "c", "rev": 3})
    assert (confirm["style"], confirm["text"]["text"]) == ("primary", "Bekreft")
    assert (help_["action_id"], json.loads(help_["value"])) == ("say", {"say": "hjelp"})
    assert why["elements"][0]["text"] == "Du får denne fordi du er prosjekteier."


def test_a_title_too_long_for_a_header_is_read_whole() -> None:
    title = "Sak 012-2026: " + "Felles løsning " * 12
    header, whole = to_message_blocks(Message(title))
    assert len(header["text"]["text"]) <= 150
    assert header["text"]["text"].endswith("…")
    assert shown(whole) == title.strip()


def test_a_table_of_many_rows_takes_several_sections() -> None:
    drawn = draw(Facts(tuple((f"Felt {number}", f"verdi {number}") for number in range(12))))[1:]
    assert [len(section["fields"]) for section in drawn] == [10, 10, 4]
    assert [text["text"] for text in drawn[1]["fields"][:2]] == ["*Felt 5*", "verdi 5"]


def test_a_long_value_stands_under_its_label() -> None:
    text = "Merknaden er lang. " * 40
    (_title, before, long, after) = draw(Facts((("A", "kort"), ("Merknad", text), ("B", "kort"))))
    assert ("fields" in before, "fields" in after) == (True, True)
    assert shown(long) == f"Merknad\n{text.strip()}"


def test_a_text_of_four_thousand_is_shown_whole_in_two_sections() -> None:
    text = "Løsningen åpner. " * 235
    drawn = draw(LongText("Bakgrunn", text, folded=True))
    assert shown(drawn[1:]).split() == ["Bakgrunn", *text.split()]
    assert not asks(Message("Sak", (LongText("Bakgrunn", text),)))


def test_what_outgrows_a_message_is_cut_with_a_way_to_the_whole() -> None:
    text = "Løsningen åpner for alle. " * 150
    long = Message("Sak", tuple(LongText(f"Tekst {number}", text) for number in range(10)), why="Du får denne")
    blocks = to_message_blocks(long, FORM)
    assert problems(long) == []
    assert asks(long)
    assert shown(blocks).count("…") >= 10
    (read,) = [button for button in buttons(blocks) if button["action_id"] == "read"]
    assert json.loads(read["value"]) == {"form": FORM}
    whole = to_reading(long)
    assert problems_of_view(whole) == []
    assert shown(whole["blocks"]).split().count("Løsningen") == 1500
    assert "kortet ned" in shown(to_message_blocks(long))


@pytest.mark.parametrize("character", ["x", "æ", '"', "\\", "😀", "a\n", "a.no "])
@pytest.mark.parametrize("texts", [3, 4, 12])
def test_all_blocks_together_keep_well_within_what_slack_takes(character: str, texts: int) -> None:
    text = (character * 4_000)[:4_000]
    long = Message("Sak", tuple(LongText(f"Tekst {number}", text) for number in range(texts)))
    assert problems(long) == []
    assert written(to_message_blocks(long, FORM)) <= 12_000


def test_short_texts_stay_whole_when_one_is_cut() -> None:
    long = Message("Sak", (LongText("A", "Kort og viktig."), *(LongText("B", "x" * 4_000) for _ in range(4))))
    words = shown(to_message_blocks(long, FORM))
    assert "Kort og viktig." in words
    assert words.count("…") == 4


def test_too_many_blocks_become_words() -> None:
    many = Message("Sak", tuple(Facts(((f"Felt {number}", "verdi"),)) for number in range(80)), why="Fordi")
    blocks = to_message_blocks(many, FORM)
    assert problems(many) == []
    assert "Felt 79: verdi" in shown(blocks)
    assert shown(blocks).endswith("Fordi")


def test_buttons_of_one_verb_stand_in_rows_of_their_own_and_words_are_numbered() -> None:
    acts = (
        Act("meeting.attend", "Kommer", {"answer": "yes"}),
        Act("meeting.attend", "Kommer ikke", {"answer": "no"}),
        Say("Frister", "frister"),
        Say("Saksliste", "saksliste"),
        Open("Mandatet", "https://example.org/a b"),
        Open("Referatet", "https://example.org/c"),
    )
    drawn = to_message_blocks(Message("Møte", buttons=acts))[1:]
    assert [[one["action_id"] for one in row["elements"]] for row in drawn] == [
        ["meeting.attend"],
        ["meeting.attend", "say", "say~2", "open", "open~2"],
    ]
    assert buttons(drawn)[4]["url"] == "https://example.org/a%20b"


def test_a_bad_address_and_too_many_buttons_are_refused() -> None:
    with pytest.raises(ValueError, match="https"):
        draw(buttons=(Open("Se", "javascript:alert(1)"),))
    with pytest.raises(ValueError, match="7 buttons"):
        draw(buttons=(Say("a", "b"),) * 7)


def test_an_address_longer_than_a_button_takes_is_told() -> None:
    drawn = draw(buttons=(Open("Notat", "https://example.org/" + "x" * 3_000),))
    assert buttons(drawn) == []
    assert "Notat: adressen er for lang" in shown(drawn)


def test_a_button_that_asks_says_where_its_form_is() -> None:
    asking = Act(
        "case.return", "Send tilbake", {"id": "c", "rev": 3}, fields=(Field("reason", "long_text", "Hvorfor?"),)
    )
    form = Message("Sak", buttons=(Act("case.accept", "Ta imot", {"id": "c"}), asking))
    direct, asks_first = (json.loads(one["value"]) for one in buttons(to_message_blocks(form, FORM)))
    assert direct == {"id": "c"}
    assert asks_first == {"id": "c", "rev": 3, "form": FORM, "act": 1}
    assert asks(form)
    assert json.loads(buttons(to_message_blocks(form))[1]["value"]) == {"id": "c", "rev": 3}


def test_data_that_outgrows_a_button_is_left_on_the_shelf() -> None:
    act = Act("case.save", "Lagre", {"id": "c", "rev": 3, "base": {f"felt_{n}": "x" * 20 for n in range(80)}})
    wide = Message("Sak", buttons=(act,))
    assert asks(wide)
    (drawn,) = buttons(to_message_blocks(wide, FORM))
    assert json.loads(drawn["value"]) == {"id": "c", "rev": 3, "form": FORM, "act": 0}
    assert problems(wide) == []


def test_inputs_show_what_is_filled_in_and_what_must_be() -> None:
    fields = (
        Field("title", "text", "Tittel", "Ny journal", required=True),
        Field("cost", "money", "Investering", "mye", error="Skriv et beløp."),
        Field("risks", "long_text", "Risiko", required=True),
        Field("presenter", "text", "Hvem legger fram"),
        Field("sure", "toggle", "Sikker?", "false"),
    )
    drawn = draw(Inputs(fields), buttons=(Act("case.submit", "Send inn"),))
    words = shown(drawn)
    assert [text["text"] for text in drawn[1]["fields"]] == [
        "*Tittel*",
        "Ny journal",
        "*Investering*",
        "mye\n✕ Skriv et beløp.",
    ]
    assert "Må fylles ut: Risiko" in words
    assert "Ikke fylt ut: Hvem legger fram" in words
    assert "Sikker?" not in words


def test_what_nobody_fills_in_is_there_to_be_copied() -> None:
    url = "https://saksgang.example.org/calendar/a_b_c.ics"
    drawn = draw(Inputs((Field("address", "url", "Adressen", url),)))
    (text,) = drawn[2]["elements"][0]["elements"]
    assert text == {"type": "text", "text": url}
    assert drawn[2]["elements"][0]["type"] == "rich_text_preformatted"
    assert not asks(Message("Sak", (Inputs((Field("address", "url", "Adressen", url),)),)))


def test_the_home_tab_holds_whole_messages_and_says_when_there_are_more() -> None:
    one = replace(message("Sak 012-2026"), buttons=())
    few = to_home([Message("Mine saker", (Paragraph("Ingen."),)), one], ["", FORM])
    assert problems_of_view(few) == []
    assert [block["type"] for block in few["blocks"]].count("divider") == 1
    many = to_home([one] * 40)
    assert problems_of_view(many) == []
    assert "Det er mer" in shown(many["blocks"][-1])
    assert to_home([])["blocks"] == []
