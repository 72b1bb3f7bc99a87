from __future__ import annotations

from cards.i18n import use
from cards.message import Act, Field, Inputs, Message, Option, Paragraph, Say
from cards.plain import to_summary, to_text
from tests.cards.examples import message


def test_a_summary_is_one_short_line() -> None:
    assert to_summary(Message("Sak\n 1", summary="")) == "Sak 1"
    assert to_summary(Message("Sak", summary="Bekreft\u202e sak 1")) == "Bekreft sak 1"
    assert len(to_summary(Message("ord " * 100))) <= 250


def test_a_question_can_be_answered_from_its_text() -> None:
    options = (Option("a", "Prosjekt"), Option("b", "Forbedring"))
    form = Message(
        "Meld sak",
        (
            Paragraph("Hva slags sak er det?"),
            Inputs((Field("form", "choice", "Form", required=True, options=options),)),
        ),
        (Act("case.start", "Neste", fields=(Field("reason", "text", "Grunn"),)), Say("Hjelp", "hjelp")),
        why="Du får denne fordi du skrev «meld sak».",
    )
    assert to_text(form) == (
        "Meld sak\n\nHva slags sak er det?\n\nForm (påkrevd): –\n  1. Prosjekt\n  2. Forbedring\n\n"
        "Dette kan du gjøre:\n- Neste (Grunn)\n- Hjelp: skriv «hjelp»\n\nDu får denne fordi du skrev «meld sak»."
    )
    with use("en"):
        assert "You can:\n- Neste (Grunn)\n- Hjelp: write “hjelp”" in to_text(form)


def test_every_block_has_words() -> None:
    text = to_text(message("Ordet"))
    assert text.count("Ordet") > 20
    assert "● Ordet · nå · Ordet" in text
    assert "○ Ordet – mangler" in text
    assert "https://example.org/mandat?a=1#b" in text
