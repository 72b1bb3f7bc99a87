"""Every kind of notice in Teams, Slack and e-mail, in bokmål, nynorsk and English: valid by schema and by limits.

Nothing here says what a card reads like: that its words are there, and that each channel takes what is drawn.
"""

from __future__ import annotations

import pytest

from board.notices import NoticeKind
from cards import blockkit
from cards.adaptive import card_bytes, fitted_card, to_picture_card
from cards.i18n import LANGUAGES, Language, use
from cards.mail import to_mail
from cards.message import Act, Message
from cards.plain import to_summary
from tests.cards.notice_examples import EXAMPLES
from tests.cards.reading_cards import schema_errors
from tests.cards.reading_mail import read_page
from tests.fakes.slack_limits import problems_of_message, problems_of_view

FORM = "f" * 64
"""As long as an id of the shelf."""
TEAMS_BYTES = 25_000


def problems(message: Message) -> list[str]:
    """What Teams, Slack or a mail reader would refuse."""
    return [*_teams(message), *_slack(message), *_mail(message)]


def _teams(message: Message) -> list[str]:
    cards = [fitted_card(message)]
    if message.picture:
        cards.append(to_picture_card(message, b"\x89PNG"))
        cards[-1]["body"][0].pop("msteams")  # the host's own property, unknown to the schema
    too_large = [f"teams: {card_bytes(card)} bytes" for card in cards if card_bytes(card) > TEAMS_BYTES]
    return [f"teams: {error}" for card in cards for error in schema_errors(card)] + too_large


def _slack(message: Message) -> list[str]:
    """The message, and the modal of each button of it that asks."""
    payload = {"text": blockkit.escaped(to_summary(message)), "blocks": blockkit.to_message_blocks(message, FORM)}
    found = problems_of_message(payload)
    for place, button in enumerate(message.buttons):
        form = blockkit.form_of(message, place)
        if isinstance(button, Act) and button.fields and form is None:
            found.append(f"{button.label} asks, and has no modal")
        if form:
            view = blockkit.to_view(form, callback_id="form", private_metadata=FORM)
            found += [f"{button.label}: {problem}" for problem in problems_of_view(view)]
    found += [f"home: {problem}" for problem in problems_of_view(blockkit.to_home([message], [FORM]))]
    found += [f"read: {problem}" for problem in problems_of_view(blockkit.to_reading(message))]
    return [f"slack: {problem}" for problem in found]


def _mail(message: Message) -> list[str]:
    mail = to_mail(message, chat_url="https://teams.example/l/chat")
    found = read_page(mail.html).problems
    if "\n" in mail.subject or not mail.subject.strip():
        found.append(f"subject: {mail.subject!r}")
    if not mail.text.strip():
        found.append("no text")
    return [f"mail: {problem}" for problem in found]


def test_every_kind_has_an_example() -> None:
    assert set(EXAMPLES) == set(NoticeKind)


@pytest.mark.parametrize("kind", NoticeKind)
async def test_every_notice_is_taken_by_every_channel_in_every_language(kind: NoticeKind) -> None:
    example = await EXAMPLES[kind]()
    titles: dict[Language, str] = {}
    for language in LANGUAGES:
        message = await example.drawn(kind, language)
        assert message is not None, f"{kind}: its example is not due"
        with use(language):
            assert problems(message) == [], f"{kind} in {language}"
            titles[language] = f"{message.title} {to_summary(message)} {message.why}"
    assert titles["nb"] != titles["en"], "nothing of it is translated"
