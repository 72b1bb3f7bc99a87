"""A text that a person is told to write, or that a button writes, is understood in every language as in bokmål."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from board.mandate_file import read_mandate
from board.people import Body
from cards import catalogues
from cards.forms import START_QUESTIONS, Choices, case_options, start_options
from cards.i18n import LANGUAGES, Language, _, use
from cards.message import Facts, Option
from cards.templates import system
from cards.templates.talk_texts import MORE_WORDS
from dialogs.answers import is_done, is_no_to_all, is_skip, read_choice, read_yes_no, squeeze
from dialogs.command_words import command_words
from dialogs.commands import ANEW, FOR_GROUP, LANGUAGE_NAMES, OFF, Command
from dialogs.dates import read_date
from dialogs.meeting_words import read_body, read_move, read_wish
from dialogs.reads import help_
from dialogs.understand import Meant, understand

ROOT: Final = Path(catalogues.__file__).parent.parent
MANDATE: Final = read_mandate((ROOT / "board/mandates/helse_sor_ost.toml").read_text(encoding="utf-8"))
MONDAY: Final = date(2026, 3, 2)
MEETING_BUTTON: Final = "f'{command}{group} {m.day:%d.%m.%Y}'"
OF_THE_SITTING: Final = ("saksliste", "sakspapirer", "skriv referat")
"""Commands that the card of a meeting under way writes, for the working group with a word more."""
DRAWN_ELSEWHERE: Final = {
    *("option.label", "words", MEETING_BUTTON, "f'{command} {_body(m)} {m.day:%d.%m.%Y}'"),
    *(f"_said(view, _({words!r}))" for words in OF_THE_SITTING),
}
"""What buttons write besides texts of the code: choices and near misses, each with a test of its own below."""


def meaning(text: str) -> object:
    """What the bot takes ``text`` for, by whichever reader of commands and answers knows it; None for none."""
    meant = understand(text)
    if isinstance(meant, Meant) and meant.exact:
        return (meant.command, _option(meant.command, meant.rest))
    if is_no_to_all(text):
        return "no to all"
    if read_yes_no(text) is not None:
        return "yes" if read_yes_no(text) else "no"
    if squeeze(text) in MORE_WORDS:
        return "more"
    if is_done(text):
        return "skip" if is_skip(text) else "done"
    return read_date(text, MONDAY)


def _option(command: Command, rest: str) -> object:
    """What follows a command, as it is read: «kalender ny» and «calendar new» are the same."""
    words = rest.lower()
    if command is Command.LANGUAGE:
        return ""
    if command in (Command.NEW_MEETING, Command.MOVE_MEETING, Command.CANCEL_MEETING):
        return read_move(rest, MONDAY)
    if words in FOR_GROUP:
        return "working group"
    return "off" if words in OFF else "new" if words in ANEW else rest


def calls_of(name: str) -> Iterator[ast.Call]:
    for folder in catalogues.SOURCES:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                    yield node


def source(node: ast.expr) -> str | None:
    """The bokmål text of ``_("…")`` or ``"…"``; None for anything else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def written() -> list[str]:
    """The second argument of every ``Say``, in bokmål."""
    return sorted({text for call in calls_of("Say") if (text := source(call.args[1])) is not None})


def quoted() -> list[str]:
    """Every text of the catalogue that quotes words which the bot understands."""
    sources = [m.id for m in catalogues.read(catalogues.po_file(catalogues.LOCALES, "en"), "en")]
    return sorted(s for s in sources if isinstance(s, str) and any(meaning(q) for q in quotes(s)))


def quotes(text: str) -> list[str]:
    return re.findall(r"[«“]([^»”{]+)[»”]", text)


def test_every_button_writes_a_text_that_these_tests_see() -> None:
    unseen = {ast.unparse(call.args[1]) for call in calls_of("Say") if source(call.args[1]) is None}
    assert unseen == DRAWN_ELSEWHERE
    assert {"meld sak", "ferdig", "nei til alle", "språk nynorsk"} <= set(written())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", written())
def test_what_a_button_writes_is_understood(text: str, language: Language) -> None:
    assert meaning(text) is not None, "not understood in bokmål"
    with use(language):
        assert meaning(_(text)) == meaning(text), _(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", OF_THE_SITTING)
def test_what_the_card_of_a_meeting_writes_is_understood(words: str, language: Language) -> None:
    plain = understand(words)
    assert isinstance(plain, Meant)
    with use(language):
        assert understand(_(words)) == plain
        for_group = understand(f"{_(words)} {_('au')}")
    assert isinstance(for_group, Meant)
    assert for_group.command == plain.command
    assert read_body(for_group.rest) is Body.WORKING_GROUP


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", Command)
def test_a_command_offered_after_a_near_miss_is_that_command(command: Command, language: Language) -> None:
    with use(language):
        _name, words = command_words(command)
    expected = command if command not in (Command.CLOCK, Command.GREETING) else Command.HELP
    assert understand(words) == Meant(expected)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", quoted())
def test_what_a_sentence_tells_to_write_is_understood(text: str, language: Language) -> None:
    with use(language):
        told = _(text)
    expected = {meaning(q) for q in quotes(text)} - {None}
    assert {meaning(q) for q in quotes(told)} - {None} == expected, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_help_lists_are_understood(language: Language) -> None:
    inside = system.question_help("Hva heter saken?", "").blocks
    sources = [name for block in inside if isinstance(block, Facts) for name, _what in block.rows]
    sources += [text for text in help_rows() if text]
    assert len(sources) >= 14
    with use(language):
        for text in sources:
            assert meaning(text) is not None, text
            assert meaning(_(text).strip(" …")) == meaning(text.strip(" …")), _(text)


def help_rows() -> list[str | None]:
    """The first of each pair of texts that :func:`dialogs.reads.help_` lists: what can be written."""
    functions = [
        node
        for node in ast.walk(ast.parse(Path(help_.__code__.co_filename).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name in ("_helps", "_arranging")
    ]
    pairs = [node for one in functions for node in ast.walk(one) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    return [source(pair.elts[0]) for pair in pairs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_is_read_as_itself_and_as_no_command(language: Language) -> None:
    with use(language):
        lists = [start_options(q.id, MANDATE, {}) for q in START_QUESTIONS]
        lists.append(case_options("classification", Choices()))
        lists.append(tuple(Option(d.id, d.label[language]) for d in MANDATE.document_types))
    assert all(lists)
    for options in lists:
        for option in options:
            assert read_choice(option.label, options) == option
            meant = understand(option.label)
            assert not (isinstance(meant, Meant) and meant.exact), option.label


def test_each_language_is_chosen_by_the_words_on_its_button() -> None:
    words = [button.text for button in system.language_question().buttons if hasattr(button, "text")]
    rests = [meant.rest for text in words if isinstance(meant := understand(text), Meant)]
    assert [LANGUAGE_NAMES[rest] for rest in rests] == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["saksliste", "lag saksliste", "sakspapirer", "send pakke"])
@pytest.mark.parametrize("group", [False, True])
def test_a_meeting_offered_by_its_day_is_that_meeting(command: str, language: Language, group: bool) -> None:
    with use(language):
        words = f"{_(command)}{' ' + _('au') if group else ''} 16.04.2026"
    meant, wanted = understand(words), understand(command)
    assert isinstance(meant, Meant)
    assert isinstance(wanted, Meant)
    assert meant.command is wanted.command
    body = Body.WORKING_GROUP if group else None
    wish = read_wish(meant.rest, MONDAY)
    assert (wish.day, wish.body) == (date(2026, 4, 16), body)


@pytest.mark.parametrize("nonsense", ["sende saka til månen i kveld", "submitting", "xyzzy"])
def test_what_means_nothing_has_no_meaning(nonsense: str) -> None:
    assert meaning(nonsense) is None
