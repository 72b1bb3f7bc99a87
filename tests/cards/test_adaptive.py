from __future__ import annotations

from typing import Any

import orjson
import pytest

from cards.adaptive import card_bytes, field_bytes, read_inputs, to_adaptive_card, to_picture_card
from cards.i18n import LANGUAGES, Language, use
from cards.message import Act, Facts, Field, Inputs, LongText, Message, Open, Option, Picture, Say
from cards.signs import STEP_SIGNS, TONE_SIGNS
from tests.cards.examples import KINDS, TONES, field, message
from tests.cards.reading_cards import nodes, places, schema_errors, shown_words


def draw(*blocks: Any, **parts: Any) -> dict[str, Any]:
    return to_adaptive_card(Message("Sak", blocks, **parts))


def of_type(card: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes(card) if node.get("type") == kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", TONES)
def test_every_block_and_button_is_a_valid_card(language: Language, tone: Any) -> None:
    with use(language):
        card = to_adaptive_card(message(tone=tone))
    assert schema_errors(card) == []
    assert card["lang"] == language
    assert card["msteams"] == {"width": "Full"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_a_valid_labelled_input(kind: Any, language: Language) -> None:
    with use(language):
        card = draw(Inputs((field(kind, filled=True, wrong=True, required=True),)))
    assert schema_errors(card) == []
    (drawn,) = [node for node in nodes(card) if node.get("type", "").startswith("Input.") and "id" in node]
    words = drawn.get("label") or drawn["title"]
    assert words.startswith("✕ Tittel (")
    assert "isRequired" not in drawn  # a draft can always be saved


def test_the_schema_refuses_a_wrong_card() -> None:
    assert schema_errors({"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock"}]})


@pytest.mark.parametrize("tone", [tone for tone in TONES if tone != "default"])
def test_a_tone_is_told_by_a_sign(tone: Any) -> None:
    assert shown_words(to_adaptive_card(message(tone=tone))).count(TONE_SIGNS[tone]) >= 3


def test_steps_and_meter_are_told_in_words() -> None:
    words = shown_words(to_adaptive_card(message()))
    for sign, word in zip(STEP_SIGNS.values(), ("ferdig", "nå", "senere", "stoppet"), strict=True):
        assert f"{sign} " in words
        assert word in words
    assert "1 av 2 på plass" in words
    assert "– mangler" in words


def test_few_choices_stand_open_and_many_are_a_list() -> None:
    options = tuple(Option(str(number), f"Valg {number}") for number in range(9))
    few, many = (Field("c", "choice", "Valg", options=options[:count]) for count in (4, 9))
    (drawn,) = of_type(draw(Inputs((few,))), "Input.ChoiceSet")
    assert drawn["style"] == "expanded"
    (drawn,) = of_type(draw(Inputs((many,))), "Input.ChoiceSet")
    assert "style" not in drawn


def test_two_lists_never_stand_at_the_same_place() -> None:
    """Microsoft's renderer gives a list the choices of the one that stood there before."""
    options = tuple(Option(str(number), f"Valg {number}") for number in range(9))
    paths = [
        json_path(draw(Inputs((Field(name, "choice", "Valg", options=options),))))
        for name in ("case_type", "sub_portfolio", "project_owner", "wanted_meeting")
    ]
    assert len(set(paths)) == len(paths)


def json_path(card: dict[str, Any]) -> tuple[str, ...]:
    """The types of the elements above the card's only list."""
    return tuple(str(node["type"]) for node in nodes(card) if node.get("type") == "Container")


def test_a_folded_section_opens_where_something_is_wrong() -> None:
    for error, hidden in (("", 1), ("Må fylles ut.", 0)):
        card = draw(Inputs((Field("presenter", "text", "Legges fram av", error=error),), "Møtet", folded=True))
        assert sum(node.get("isVisible") is False for node in nodes(card)) == hidden
        assert schema_errors(card) == []


def test_a_text_of_less_weight_shows_its_label_only() -> None:
    card = draw(LongText("Bakgrunn", "ord " * 30, folded=True), LongText("Risiko", "ingen", folded=True))
    assert [node["inlines"] for node in nodes(card) if node.get("isVisible") is False] == [["ord " * 30]]
    assert "Risiko" in shown_words(card)
    assert ": ingen" in shown_words(card)
    assert schema_errors(card) == []


def test_a_short_text_is_not_folded() -> None:
    card = draw(LongText("Bakgrunn", "Kort."))
    assert "Kort." in shown_words(card)
    assert not of_type(card, "Action.ToggleVisibility")


def test_a_long_text_unfolds_and_folds() -> None:
    text = "ord " * 300
    card = draw(LongText("Bakgrunn", text), LongText("Risiko", text))
    hidden = [node["id"] for node in nodes(card) if node.get("isVisible") is False]
    visible = [node["id"] for node in of_type(card, "RichTextBlock") if "id" in node and node["id"] not in hidden]
    toggles = [node["targetElements"] for node in of_type(card, "Action.ToggleVisibility")]
    assert len({*hidden, *visible}) == 4
    assert toggles == [[short, full] for short, full in zip(visible, hidden, strict=True) for _ in range(2)]
    excerpts = [node["inlines"][0] for node in of_type(card, "RichTextBlock") if node.get("id") in visible]
    assert all(len(excerpt) <= 202 and excerpt.endswith("… ") for excerpt in excerpts)
    assert {node["title"] for node in of_type(card, "Action.ToggleVisibility")} == {
        f"{words}: {label}" for words in ("vis mer", "vis mindre") for label in ("Bakgrunn", "Risiko")
    }


def test_what_was_typed_stays_in_the_input() -> None:
    typed = 'Én «sum»: 12,5 mill & "mer" \\ **slik**\nlinje 2'
    card = draw(Inputs((Field("background", "long_text", "Bakgrunn", typed),)))
    assert of_type(card, "Input.Text")[0]["value"] == typed


@pytest.mark.parametrize(("value", "drawn"), [("o3", "o3"), ("gone", None), ("", None)])
def test_a_choice_is_only_set_to_what_can_be_chosen(value: str, drawn: str | None) -> None:
    choice = field("choice", filled=False, wrong=False, required=False)
    card = draw(Inputs((Field("c", "choice", "Valg", value, options=choice.options),)))
    assert of_type(card, "Input.ChoiceSet")[0].get("value") == drawn


def test_input_ids_are_unique_also_under_buttons_and_read_back() -> None:
    card = to_adaptive_card(message())
    ids = [node["id"] for node in nodes(card) if "id" in node and "type" in node]
    assert len(ids) == len(set(ids))
    shows = of_type(card, "Action.ShowCard")
    assert [node["id"] for node in of_type(shows[1]["card"], "Input.Text")] == ["reason~2"]
    pressed = shows[1]["card"]["actions"][0]
    sent = {**pressed["data"], "reason": "den andre", "reason~2": "min", "sure": "true"}
    assert read_inputs(sent) == {"id": "x", "reason": "min", "sure": "true"}


def test_inputs_of_another_button_are_left_out() -> None:
    assert read_inputs({"id": "x", "reason": "min", "reason~2": "en annens"}) == {"id": "x", "reason": "min"}
    assert read_inputs({"id": "x", "renamed": "tull", "title~2": 1}) == {"id": "x"}


def test_a_button_says_what_goes_with_it() -> None:
    submit, save, back, _out, say, link = to_adaptive_card(message())["actions"]
    assert submit == {
        "type": "Action.Execute",
        "title": "Sak 012-2026",
        "verb": "case.submit",
        "data": {"id": "x", "rev": 3},
        "style": "positive",
    }
    assert save["associatedInputs"] == "none"
    assert back["card"]["actions"][0]["style"] == "destructive"
    assert not any("isRequired" in node for node in nodes(back))  # it would block the buttons beside it
    assert say["data"]["msteams"] == {"type": "imBack", "value": "Sak 012-2026"}
    assert link["url"] == "https://example.org/mandat?a=1#b"


@pytest.mark.parametrize(
    "url", ["http://example.org", "javascript:alert(1)", "https://", "https://a.b/\u202e", " https://a.b"]
)
def test_only_https_addresses_are_opened(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        draw(buttons=(Open("Mandat", url),))


def test_at_most_six_buttons() -> None:
    with pytest.raises(ValueError, match="7 buttons"):
        draw(buttons=tuple(Say(str(number), str(number)) for number in range(7)))


def test_a_title_that_markdown_would_change_keeps_its_look() -> None:
    plain, odd = (to_adaptive_card(Message(title))["body"][0] for title in ("Sak 012-2026: HELIKS – fase 2", "Sak *1*"))
    assert plain["style"] == "heading"
    assert odd["inlines"][0] == {"type": "TextRun", "text": "Sak *1*", "size": "large", "weight": "bolder"}


def test_nothing_but_known_elements_is_drawn() -> None:
    kinds = {node["type"] for node in nodes(to_adaptive_card(message())) if "type" in node}
    assert not kinds & {"FactSet", "Image", "Media", "Table"}
    assert all(text for _, _, text in places(to_adaptive_card(message())))


def test_sizes_are_those_of_what_is_sent() -> None:
    card = to_adaptive_card(message())
    assert card_bytes(card) == len(orjson.dumps(card))
    alone = Field("title", "text", "Tittel", "æ" * 100, required=True, error="Feil", hint="h" * 100)
    without, with_field = draw(Inputs(())), draw(Inputs((alone,)))
    assert card_bytes(with_field) - card_bytes(without) == field_bytes(alone)


def test_facts_show_a_sign_for_an_empty_value() -> None:
    rows = of_type(draw(Facts((("Eier", ""),))), "Column")
    assert [column["items"][0]["inlines"][0] for column in rows][1] == "–"


def test_drawing_leaves_the_message_as_it_was() -> None:
    act = Act("case.accept", "Godta", {"id": "x"}, fields=(Field("reason", "text", "Grunn"),))
    drawn = draw(buttons=(act, act))
    assert act.data == {"id": "x"}
    assert drawn["actions"][0] != drawn["actions"][1]


def test_a_picture_is_a_card_of_its_own_with_its_words() -> None:
    message = Message("Årshjul 2026", picture=Picture("kilde", "Et hjul. Styremøter: 24. september."))
    card = to_picture_card(message, b"\x89PNG bilde")
    (image,) = card["body"]
    assert image.pop("msteams") == {"allowExpand": True}
    assert schema_errors(card) == []
    assert (image["type"], image["altText"]) == ("Image", "Et hjul. Styremøter: 24. september.")
    assert image["url"] == "data:image/png;base64,iVBORyBiaWxkZQ=="
    assert "september" in card["fallbackText"]


def test_a_message_without_a_picture_is_no_picture() -> None:
    with pytest.raises(ValueError, match="without a picture"):
        to_picture_card(Message("Årshjul"), b"")
