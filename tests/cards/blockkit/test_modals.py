"""Which buttons ask, what their modals hold, and what is read out of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cards.blockkit import Form, field_errors, form_of, read_state, to_view
from cards.blockkit.continued import INPUT, join, split
from cards.i18n import LANGUAGES, Language, use
from cards.message import Act, Banner, Field, FieldKind, Inputs, LongText, Message, Option, Paragraph, Say
from tests.cards.blockkit.reading_blocks import buttons, filled, inputs, shown
from tests.cards.examples import KINDS, field, message
from tests.fakes.slack_limits import problems_of_view

REASON = Field("reason", "long_text", "Hvorfor?", required=True, hint="Den som meldte, ser den.")
TITLE = Field("title", "text", "Tittel", "Ny journal", required=True, max_length=200)
SUBMIT = Act("case.submit", "Send inn", {"id": "c", "rev": 3}, "positive")
SAVE = Act("case.save", "Lagre utkast", {"id": "c", "rev": 3})
RETURN = Act("case.return", "Send tilbake", {"id": "c"}, "destructive", (REASON,), send="Send den tilbake")
EDIT = Act("case.edit", "Endre sakstype", {"id": "c", "page": 1})
CASE = Message(
    "BP2 – overgang til planlegging: Ny journal",
    (
        Paragraph("Begrunnelse: mangler tall", "warning"),
        Inputs((TITLE,)),
        Paragraph("Svar i chatten"),
        Banner("Lagret."),
    ),
    (SUBMIT, SAVE, RETURN, EDIT, Say("Hjelp", "hjelp")),
    language="nn",
)


def form(of: Message, act: int) -> Form:
    found = form_of(of, act)
    assert found is not None
    return found


def view(of: Form) -> dict[str, Any]:
    drawn = to_view(of, callback_id="form", private_metadata="x" * 64)
    assert problems_of_view(drawn) == []
    return drawn


def asked(*fields: Field) -> dict[str, Any]:
    return view(form(Message("Sak", (Inputs(fields),), (SUBMIT,)), 0))


def test_a_buttons_own_fields_are_asked_alone() -> None:
    alone = replace(CASE, blocks=(Inputs(tuple(replace(TITLE, id=f"f{n}") for n in range(4))),))
    found = form(alone, 2)
    assert found.fields == (REASON,)
    drawn = view(found)
    assert drawn["title"]["text"] == "Send tilbake"
    assert drawn["submit"]["text"] == "Send den tilbake"
    assert "BP2 – overgang til planlegging" in shown(drawn["blocks"])


def test_few_inputs_that_say_what_the_button_is_about_come_along() -> None:
    which = Field("section", "choice", "Hvilken del?", options=(Option("a", "Del A"),))
    remark = Act("minutes.remark", "Merknad", fields=(Field("remark", "long_text", "Merknaden"),))
    found = form(Message("Referat", (Inputs((which,)),), (remark, replace(remark, with_inputs=False))), 0)
    assert [one.id for one in found.fields] == ["section", "remark"]


def test_a_form_of_the_message_has_its_notes_its_fields_and_the_other_acts() -> None:
    found = form(CASE, 0)
    assert (found.submit, found.others, found.language) == (SUBMIT, (SAVE, EDIT), "nn")
    drawn = view(found)
    words = shown(drawn["blocks"])
    assert words.index("Lagret.") < words.index("Begrunnelse") < words.index("Tittel")
    assert "Svar i chatten" not in words
    assert [one["action_id"] for one in buttons(drawn["blocks"])] == ["case.save", "case.edit"]
    assert drawn["notify_on_close"] is True
    assert drawn["title"]["text"] == "BP2 – overgang til…"


@pytest.mark.parametrize("act", [3, 4, 5, -1])
def test_what_asks_nothing_has_no_form(act: int) -> None:
    """A button that only carries what was typed elsewhere, words, and places where no button is."""
    assert form_of(CASE, act) is None


def test_saving_lets_everything_stand_open() -> None:
    assert [block["optional"] for block in view(form(CASE, 1))["blocks"] if block["type"] == "input"] == [True]
    assert [block["optional"] for block in view(form(CASE, 0))["blocks"] if block["type"] == "input"] == [False]


def test_long_texts_beside_a_form_are_shortened() -> None:
    long = Message("Sak", (LongText("Forslag", "Styret vedtar. " * 200), Inputs((TITLE,))), (SUBMIT,))
    words = shown(view(form(long, 0))["blocks"])
    assert "Forslag" in words
    assert len(words) < 900


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_a_valid_labelled_input(kind: FieldKind, language: Language) -> None:
    with use(language):
        drawn = asked(field(kind, filled=True, wrong=True, required=True))
    block, wrong = drawn["blocks"][0], drawn["blocks"][-1]
    assert block["label"]["text"] == "Tittel"
    assert block["block_id"] == block["element"]["action_id"] == f"{kind}_True_True_True"
    assert wrong["elements"][0]["text"] == "✕ Tittel"


def test_every_button_of_every_kind_of_message_has_a_valid_modal() -> None:
    for place in range(6):
        if found := form_of(message("Sak 012-2026"), place):
            view(found)


def test_few_choices_stand_open_many_are_a_menu_and_more_are_groups() -> None:
    options = tuple(Option(f"o{n}", f"Valg {n}") for n in range(250))
    for count, kind in ((5, "radio_buttons"), (6, "static_select")):
        element = inputs(asked(Field("c", "choice", "Valg", "o2", options=options[:count]))["blocks"])["c"]
        assert (element["type"], element["initial_option"]["value"]) == (kind, "o2")
    groups = inputs(asked(Field("c", "choice", "Valg", "o240", options=options))["blocks"])["c"]
    assert [group["label"]["text"] for group in groups["option_groups"]] == ["1–100", "101–200", "201–250"]
    assert groups["initial_option"]["value"] == "o240"


def test_a_choice_that_is_gone_is_not_chosen_and_none_to_choose_from_is_words() -> None:
    (element,) = inputs(asked(Field("c", "choice", "Valg", "gone", options=(Option("a", "A"),)))["blocks"]).values()
    assert "initial_option" not in element
    (element,) = inputs(asked(Field("c", "choice", "Valg"))["blocks"]).values()
    assert element["type"] == "plain_text_input"


def test_a_long_label_goes_on_below() -> None:
    words = "Sak 012-2026: Felles løsning for journal, kurve og legemidler i hele regionen fra høsten av"
    (element,) = inputs(asked(Field("c", "choice", "Valg", options=(Option("a", words),)))["blocks"]).values()
    (option,) = element["options"]
    assert len(option["text"]["text"]) <= 75
    assert option["description"]["text"].endswith("fra høsten av")


def test_what_is_asked_twice_is_asked_once() -> None:
    twice = Message("Sak", (Inputs((TITLE,)), Inputs((replace(TITLE, label="Igjen"),))), (SUBMIT,))
    assert list(inputs(view(form(twice, 0))["blocks"])) == ["title"]


def test_a_text_longer_than_an_input_goes_on_in_the_next() -> None:
    text = ("Løsningen åpner for alle.\n" * 150)[:4_000].strip()
    drawn = asked(Field("background", "long_text", "Bakgrunn", text))
    assert list(inputs(drawn["blocks"])) == ["background", "background~2"]
    assert "Bakgrunn (fortsettelse)" in shown(drawn["blocks"])
    assert read_state(filled(drawn)) == {"background": text}


def test_a_form_with_many_long_texts_says_how_to_write_more() -> None:
    fields = tuple(Field(f"t{n}", "long_text", f"Tekst {n}") for n in range(3))
    drawn = asked(*fields)
    assert len(inputs(drawn["blocks"])) == 3
    assert "Et felt tar 3 000 tegn." in shown(drawn["blocks"])
    nearly = asked(replace(fields[0], value="x" * 2_600), *fields[1:])
    assert list(inputs(nearly["blocks"])) == ["t0", "t0~2", "t1", "t2"]


def test_what_two_inputs_say_are_two_lines() -> None:
    values = {
        "a": {"a": {"type": "plain_text_input", "value": "Først."}},
        "a~2": {"a~2": {"type": "plain_text_input", "value": "Så."}},
    }
    assert read_state(values) == {"a": "Først.\nSå."}
    assert read_state({"a~2": values["a~2"], "a": {"a": {"type": "plain_text_input", "value": None}}}) == {"a": "Så."}


def test_answers_are_read_under_the_fields_names() -> None:
    def one(name: str, **state: Any) -> dict[str, Any]:
        return {name: {name: state}}

    values = {
        **one("text", type="plain_text_input", value="16. april"),
        **one("none", type="plain_text_input", value=None),
        **one("choice", type="static_select", selected_option={"value": "b"}),
        **one("open", type="radio_buttons", selected_option=None),
        **one("some", type="multi_static_select", selected_options=[{"value": "a"}, {"value": "c"}]),
        **one("yes", type="checkboxes", selected_options=[{"value": "true"}]),
        **one("no", type="checkboxes", selected_options=[]),
    }
    assert read_state(values) == {
        "text": "16. april", "none": "", "choice": "b", "open": "", "some": "a,c", "yes": "true", "no": "false",
    }  # fmt: skip


@pytest.mark.parametrize("values", [{}, {"a": {}}, {"a": {"a": {}}}, {"a": {"a": {"type": "checkboxes"}}}])
def test_a_state_of_nothing_says_nothing(values: Any) -> None:
    assert all(value in ("", "false") for value in read_state(values).values())


def test_errors_are_given_to_the_fields_that_were_asked() -> None:
    answered = replace(
        CASE,
        blocks=(Inputs((replace(TITLE, error="Må fylles ut."), Field("other", "text", "Annet", error="Feil."))),),
        buttons=(replace(RETURN, fields=(replace(REASON, error="Skriv hvorfor."),)),),
    )
    assert field_errors(answered, form(CASE, 0)) == {"title": "Må fylles ut."}
    assert field_errors(answered, form(CASE, 2)) == {"title": "Må fylles ut.", "reason": "Skriv hvorfor."}


def test_a_form_without_fields_is_no_modal() -> None:
    with pytest.raises(ValueError, match="without fields"):
        to_view(Form("Sak", (), (), SUBMIT), callback_id="", private_metadata="")


@pytest.mark.parametrize("text", ["", "a", "x" * 3_000, "x" * 3_001, "x " * 4_000, "x\n\n" * 3_000, "\n" * 9_000])
def test_a_split_text_is_joined_as_it_was(text: str) -> None:
    parts = split(text)
    assert all(len(part) <= INPUT for part in parts)
    assert join(parts) == text
