"""Answers as people write them, in bokmål, nynorsk and English; what is doubtful is not read."""

from __future__ import annotations

import pytest

from cards.message import Option
from dialogs.answers import Unsure, is_done, is_no_to_all, is_skip, read_choice, read_yes_no, squeeze

YES = """ja; Ja!; JA; jaaa; ja takk; ja, det stemmer; ja det gjør det; jada; jau; jepp; japp; jo; jo da; j; ok; okei;
stemmer; det stemmer; riktig; korrekt; absolutt; selvfølgelig; selvsagt; sjølvsagt; klart; ja visst; yes; y; yep; yeah;
yes please; yes, it is; sure; of course; correct; true; «ja»; ja.; 👍"""
NO = """nei; Nei.; NEI!; neei; neida; nei takk; nei, det gjør det ikke; nei det er det ikke; nei, ikke i det hele tatt;
nei, det er ikkje det; niks; nope; no; n; no thanks; no, it is not; not at all; ikke; ikkje; slett ikke; overhodet ikke;
aldri; det stemmer ikke; det stemmer ikkje; nei, det stemmer ikke; false; nei da; det gjør det ikke; «nei»; nix; 👎"""
DOUBTFUL = """kanskje; ja, kanskje; nei, kanskje; tja; nja; både og; ja og nei; ja eller nei; nei, ja; ikke ja; ok, nei;
vet ikke; veit ikkje; det vet jeg ikke; jeg tror det; ja, tror jeg; ja, men bare delvis; nei, men snart; usikker; maybe;
yes but no; I do not know; not sure; ikke sant; neppe; jatakk; nesten; delvis; 12; ja nei; 🤷; ; det kommer an på; hva?;
ja det er et prosjekt i et helseforetak som gjelder flere"""


@pytest.mark.parametrize("text", [t.strip() for t in YES.split(";")])
def test_yes(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", [t.strip() for t in NO.split(";")])
def test_no(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", [t.strip() for t in DOUBTFUL.split(";")])
def test_a_doubtful_answer_is_neither(text: str) -> None:
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "nei til alle",
        "Nei til alle!",
        "nei til alt",
        "ingen",
        "Ingen av dem.",
        "ingen av dei",
        "nei på alle",
        "no to all",
        *("none", "none of them", "nei til alle sammen", "nei til alt saman", "nei alle"),
    ],
)
def test_no_to_all(text: str) -> None:
    assert is_no_to_all(text)


@pytest.mark.parametrize("text", ["nei", "ja til alle", "alle", "nei takk", "ingenting å si", "no"])
def test_a_single_no_is_not_no_to_all(text: str) -> None:
    assert not is_no_to_all(text)


TYPES = (
    Option("bp1", "BP1 – oppstart av konsept"),
    Option("bp2", "BP2 – overgang til planlegging"),
    Option("bp3", "BP3 – gjennomføring"),
    Option("bp4", "BP4 – overgang til avslutning"),
    Option("bp5", "BP5 – avslutning"),
    Option("escalation", "Eskalering"),
    Option("deviation", "Relevant avvik"),
    Option("dependency", "Avhengighet"),
    Option("strategy", "Porteføljestrategi"),
    Option("framework", "Rammeverk og prosesser"),
    Option("benefits", "Gevinstoppfølging"),
    Option("evaluation", "Årlig evaluering"),
)
CHOSEN = {
    "bp2": "bp2",
    "BP2": "bp2",
    "Bp2.": "bp2",
    "bp2 – overgang til planlegging": "bp2",
    "BP2 - overgang til planlegging": "bp2",
    "2": "bp2",
    "2.": "bp2",
    "12": "evaluation",
    "planlegging": "bp2",
    "oppstart": "bp1",
    "oppstart av konsept": "bp1",
    "gjennomføring": "bp3",
    "eskalering": "escalation",
    "eskalring": "escalation",
    "Escalation": "escalation",
    "avvik": "deviation",
    "relevant avvik": "deviation",
    "relevannt avvik": "deviation",
    "avhengighet": "dependency",
    "avhengihet": "dependency",
    "avhengig": "dependency",
    "strategy": "strategy",
    "porteføljestrategi": "strategy",
    "portefølje": "strategy",
    "rammeverk": "framework",
    "prosesser": "framework",
    "rammevrk og prosesser": "framework",
    "gevinst": "benefits",
    "gevinstoppfølging": "benefits",
    "evaluering": "evaluation",
    "«årlig evaluering»": "evaluation",
    "årleg evaluering": "evaluation",
}


@pytest.mark.parametrize("text", CHOSEN)
def test_one_of_several(text: str) -> None:
    found = read_choice(text, TYPES)
    assert isinstance(found, Option), found
    assert found.value == CHOSEN[text]


@pytest.mark.parametrize("text", ["gjennomføringg", "gjenomføring", "bp3 gjennomføring fase"])
def test_a_near_miss_is_taken_or_offered_never_guessed_wrong(text: str) -> None:
    found = read_choice(text, TYPES)
    near = found.options if isinstance(found, Unsure) else (found,)
    assert TYPES[2] in near


@pytest.mark.parametrize("text", ["overgang", "bp", "avslutning"])
def test_several_that_fit_are_offered(text: str) -> None:
    found = read_choice(text, TYPES)
    assert isinstance(found, Unsure), found
    assert len(found.options) > 1
    assert all(text in option.label.lower() for option in found.options)


@pytest.mark.parametrize(
    "text", ["", "  ", "0", "13", "-1", "²", "٣٣", "9" * 4000, "🤷", "xyzzy", "?", "hvilken er best"]
)
def test_what_is_none_of_them(text: str) -> None:
    assert read_choice(text, TYPES) is None


def test_only_letters_are_taken_as_drawn_out() -> None:
    assert squeeze("Jaaaa!") == "jaa"
    assert squeeze("  P-10000 ") == "p-10000"


def test_the_number_of_an_arabic_keyboard_counts() -> None:
    assert read_choice("٢", TYPES) == TYPES[1]


@pytest.mark.parametrize("text", ["hopp over", "Hopp over.", "skip", "-", "hopp", "vet ikke", "veit ikkje", "pass"])
def test_skipping(text: str) -> None:
    assert is_skip(text)
    assert is_done(text)


@pytest.mark.parametrize("text", ["ferdig", "Ferdig!", "det var alt", "ingen flere", "done", "ferdig med dokumenter"])
def test_done(text: str) -> None:
    assert is_done(text)
    assert not is_skip(text)
