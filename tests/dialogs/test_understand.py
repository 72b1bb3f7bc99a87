"""What was meant: commands in three languages, misspelt or turned about, and the answers that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.commands import Command
from dialogs.conversation import clock_wish
from dialogs.understand import Meant, Perhaps, understand

C = Command
EXACT = {
    C.HELP: "hjelp; Hjelp!; HJELP; hjelp meg; hva kan du; kva kan du; help; Help?; what can you do; meny; ?",
    C.SUBMIT_CASE: "meld sak; Meld sak.; meld en sak; meld ei sak; ny sak; submit case; submit a case; new case",
    C.MY_CASES: "mine saker; Mine saker!; sakene mine; mine sakar; vis mine saker; my cases; show my cases",
    C.DEADLINES: "frister; fristar; mine frister; deadlines; my deadlines; frist",
    C.CANCEL: "avbryt; Avbryt.; stopp; stop; cancel; abort; glem det; gløym det",
    C.BACK: "tilbake; gå tilbake; attende; back; go back; forrige; førre; angre",
    C.SEND: "send inn; send; lever; send saken; send inn saka; submit",
    C.RESUME: "fortsett; hald fram; continue; resume; utkast",
    C.NEW: "start ny; start over; start på nytt; begynn på nytt",
    C.GREETING: "hei; Hei!; hallo; god morgen; hello; hi; takk; tusen takk; thank you",
    C.LANGUAGE: "språk; language; bytt språk",
    C.WHERE_IS: "hvor er saken; hvor er sak; kvar er saka; where is case; where is the case",
    C.TASKS: "oppgaver; oppgåver; mine oppgaver; hva venter på meg; tasks; to do",
    C.YEAR_WHEEL: "årshjul; vis årshjul; møteplan; year wheel",
    C.NEW_MEETING: "nytt møte; lag møte; new meeting",
    C.MOVE_MEETING: "flytt møte; flytt møtet; move meeting",
    C.CANCEL_MEETING: "avlys møte; avlys møtet; cancel meeting",
    C.CHANNEL: "kanal; channel",
    C.CALENDAR: "kalender; min kalender; calendar",
}  # fmt: skip


@pytest.mark.parametrize(("command", "text"), [(c, t.strip()) for c, texts in EXACT.items() for t in texts.split(";")])
def test_word_for_word(command: Command, text: str) -> None:
    assert understand(text) == Meant(command)


MISSPELT = {
    C.HELP: ["hjelpp", "hjlep", "jelp", "helpp", "hjelp mæg"],
    C.SUBMIT_CASE: ["mled sak", "meld sakk", "meldsak", "sak meld", "melde en sak", "submt case", "case submit"],
    C.MY_CASES: ["saker mine", "mine sakr", "mine skaer", "minesaker", "cases my", "mycases"],
    C.DEADLINES: ["fristr", "fristerr", "frsiter", "deadline", "dealines", "frister mine"],
    C.CANCEL: ["avbryyt", "avbyrt", "avbrtt", "cancle"],
    C.BACK: ["tilbke", "tlibake", "tilbakee", "gå tilbke"],
    C.SEND: ["sendinn", "snd inn", "send in", "inn send"],
    C.RESUME: ["forsett", "fortsetts", "fortset", "continu"],
    C.WHERE_IS: ["hvr er saken", "kvr er saka", "wher is the case"],
    C.TASKS: ["oppgver", "opgaver", "mine oppgver"],
    C.YEAR_WHEEL: ["arshjul", "årshul", "årshjulett"],
    C.MOVE_MEETING: ["flyt møte", "flytt mte"],
    C.NEW_MEETING: ["nyt møte", "nytt møt"],
    C.CALENDAR: ["kalendr", "kalnder"],
}


@pytest.mark.parametrize(("command", "text"), [(c, t) for c, texts in MISSPELT.items() for t in texts])
def test_nearly(command: Command, text: str) -> None:
    """Taken, or asked about with the right one first; never word for word, which would count inside a question."""
    found = understand(text)
    assert isinstance(found, Meant | Perhaps), text
    if isinstance(found, Meant):
        assert (found.command, found.exact) == (command, False)
    else:
        assert found.commands[0] is command
        assert len(found.commands) <= 3


BODY_IN_WORD = {
    "nytt styremøte 24. september kl 9": Meant(C.NEW_MEETING, "styret 24. september kl 9"),
    "Flytt styremøtet 24.9. til 1.10.": Meant(C.MOVE_MEETING, "styret 24.9. til 1.10"),
    "avlys AU-møtet 3. mars": Meant(C.CANCEL_MEETING, "AU 3. mars"),
    "move board meeting 2026-09-24 to 2026-10-01": Meant(C.MOVE_MEETING, "board 2026-09-24 to 2026-10-01"),
}


@pytest.mark.parametrize("text", BODY_IN_WORD)
def test_the_body_may_be_part_of_the_word(text: str) -> None:
    assert understand(text) == BODY_IN_WORD[text]


@pytest.mark.parametrize("text", ["kommer", "Jeg kommer ikke!", "vara", "nei", "Ja.", "gjort", "i morgen", "eg kjem"])
def test_an_answer_to_a_card_shows_what_waits_and_is_no_command_inside_a_question(text: str) -> None:
    assert understand(text) == Meant(C.TASKS, exact=False)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("arshjul 2027", Meant(C.YEAR_WHEEL, "2027", exact=False)),
        ("kalnder av", Meant(C.CALENDAR, "av", exact=False)),
        ("nytt møtet styret 24 sept", Meant(C.NEW_MEETING, "styret 24 sept")),
        ("nyt møte styret 24 sept kl 9", Meant(C.NEW_MEETING, "styret 24 sept kl 9", exact=False)),
        ("flyt møte styret 24 sept til 1 okt", Meant(C.MOVE_MEETING, "styret 24 sept til 1 okt", exact=False)),
    ],
)
def test_a_misspelt_command_keeps_what_follows(text: str, meant: Meant) -> None:
    assert understand(text) == meant


@pytest.mark.parametrize("text", ["hjlep", "avbyrt", "når er fristen", "kan du hjelpe meg"])
def test_where_it_is_doubtful_the_person_is_asked(text: str) -> None:
    assert isinstance(understand(text), Perhaps)


REST = {
    "hvor er saken 012-2026": (C.WHERE_IS, "012-2026", True),
    "Hvor er saken «Regional Kurve»?": (C.WHERE_IS, "Regional Kurve", True),
    "hvor er heliks": (C.WHERE_IS, "heliks", True),
    "kvar er saka heliks": (C.WHERE_IS, "heliks", True),
    "where is case Helselogg": (C.WHERE_IS, "Helselogg", True),
    "status for sak 7": (C.WHERE_IS, "7", True),
    "status heliks": (C.WHERE_IS, "heliks", False),
    "hvr er saken helselogg": (C.WHERE_IS, "helselogg", False),
    "språk nynorsk": (C.LANGUAGE, "nynorsk", True),
    "Språk English": (C.LANGUAGE, "english", True),
    "bytt språk til nynorsk": (C.LANGUAGE, "nynorsk", True),
    "language english": (C.LANGUAGE, "english", True),
    "mål nynorsk": (C.LANGUAGE, "nynorsk", True),
    "språk svensk": (C.LANGUAGE, "svensk", False),
    "tid 2026-04-01 08:00": (C.CLOCK, "2026-04-01 08:00", True),
}


@pytest.mark.parametrize("text", REST)
def test_what_follows_belongs_to_the_command(text: str) -> None:
    command, rest, exact = REST[text]
    assert understand(text) == Meant(command, rest, exact)


NO_COMMANDS = [
    "Mål for prosjektet er raskere svar til pasientene",
    "Mål om færre papirskjema",
    "Språk og opplæring er den største risikoen",
    "Tid spart per lege er to timer i uken",
    "Tid: to uker",
    "Status for prosjektet er at konseptfasen er ferdig, og at styringsgruppen har anbefalt å gå videre",
    "Status quo er vurdert som nullalternativet",
    "Hjelp til selvhjelp for pasienter med kroniske lidelser",
    "Ny radiologiløsning",
    "Frist for innføring er 1. mai",
    "Send dokumentene til arkivet når saken er avsluttet",
    "Tilbakeføring av midler",
    "Stopp av gammel løsning",
    "Regional radiologiløsning",
    "Styret godkjenner overgang til planleggingsfasen.",
    "12,5 mill",
    "16. april",
    "P-1042",
    "ja",
    "nei",
    "nei til alle",
    "kanskje",
    "ingen",
    "bp2",
    "prosjekt",
    "ola.nordmann@example.org",
    "https://example.org/prosjektforslag.pdf",
    "",
    " ",
    "🤷",
    "x",
]


@pytest.mark.parametrize("text", NO_COMMANDS)
def test_an_answer_is_no_command(text: str) -> None:
    """Inside a question only a command word for word is taken for one: the rest is the answer."""
    found = understand(text)
    assert not (isinstance(found, Meant) and found.exact), found


@pytest.mark.parametrize("text", ["Tid spart er to timer", "tid", "Tid: 2 uker", "tidlig", "frister"])
def test_only_an_instant_moves_the_clock(text: str) -> None:
    assert clock_wish(text) in (None, "")


def test_the_clock_is_moved_by_an_instant() -> None:
    assert clock_wish("tid 2026-04-01 08:00") == "2026-04-01 08:00"


@given(st.text(max_size=80))
def test_anything_can_be_said(text: str) -> None:
    found = understand(text)
    assert found is None or isinstance(found, Meant | Perhaps)
