"""A message as a mail: the same content as the card, readable everywhere, and harmless."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.i18n import LANGUAGES, Language, use
from cards.mail import Mail, to_mail
from cards.message import Act, Banner, Facts, Field, Inputs, LongText, Message, Open, Paragraph, Picture, Say
from cards.safe import WORD_JOINER, clean
from tests.cards.examples import TONES, message
from tests.cards.reading_mail import BARE_LINK, Page, read_page
from tests.cards.test_card_safety import PIECES, is_harmful

CHAT: Final = "https://teams.example/l/chat?users=28:a&x=1"
LINK: Final = "https://example.org/mandat?a=1#b"
TAGS: Final = {
    "html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "br", "strong", "table", "tbody", "tr", "th",
    "td", "ul", "li", "a",
}  # fmt: skip
nasty = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=8).map("".join)


def page_of(mail: Mail) -> Page:
    page = read_page(mail.html)
    assert page.problems == []
    assert {tag.name for tag in page.tags} <= TAGS
    return page


def bare(text: str) -> str:
    """Without the invisible signs that break addresses, as one line."""
    return " ".join(text.replace(WORD_JOINER, "").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_twice(language: Language) -> None:
    with use(language):
        mail = to_mail(message("Ordet"), chat_url=CHAT)
    page = page_of(mail)
    assert [tag.attributes.get("lang") for tag in page.tags if tag.name in ("html", "div")] == [language] * 2
    missing = {"nb": "mangler", "nn": "manglar", "en": "missing"}[language]
    assert f"Ordet – {missing}" in mail.text
    assert f"Ordet – {missing}" in page.words
    assert mail.text.count("Ordet") > 20
    assert mail.text.count("Bakgrunn") == page.words.count("Bakgrunn") == 1
    assert mail.text.count("Ordet\n" * 150) == 1  # in full: nothing is folded in a mail
    assert page.words.count("Ordet " * 150) >= 1


def test_the_order_is_title_content_what_to_do_links_why() -> None:
    asks = Message(
        "Bekreft sak 012-2026",
        (Banner("Frist i morgen", "warning"), Facts((("Frist", "torsdag 16. april"), ("Eier", "")))),
        (
            Act("case.confirm", "Bekreft"),
            Act("case.decline", "Send tilbake", fields=(Field("reason", "text", "Grunn"),)),
            Say("Hjelp", "hjelp"),
            Open("Mandatet", LINK),
        ),
        why="Du får denne fordi du er prosjekteier.",
        summary="Bekreft sak 012-2026 innen torsdag",
        tone="accent",
    )
    mail = to_mail(asks, chat_url=CHAT)
    assert mail.subject == "Bekreft sak 012-2026 innen torsdag"
    assert mail.text == (
        "Bekreft sak 012-2026\n\nFrist i morgen\n\nFrist: torsdag 16. april\nEier: –\n\n"
        f"Svar i Teams: {CHAT}\nDette kan du gjøre der:\n- Bekreft\n- Send tilbake (Grunn)\n- Hjelp: skriv «hjelp»\n\n"
        f"Mandatet: {LINK}\n\nBoten leser ikke svar på e-post.\n\nDu får denne fordi du er prosjekteier.\n"
    )
    page = page_of(mail)
    assert [tag.attributes["href"] for tag in page.all("a")] == [CHAT, LINK]
    said = [line.removeprefix("- ") for line in mail.text.splitlines() if line]
    assert page.words.startswith("Bekreft sak 012-2026 ℹ Bekreft sak 012-2026 ⚠ Frist i morgen")
    for line in said:
        for words in line.replace(CHAT, "").replace(LINK, "").split(": "):
            assert words.strip(": ") in page.words
    assert page.words.endswith("Du får denne fordi du er prosjekteier.")


def test_a_chat_without_an_address_is_told_in_words() -> None:
    asks = Message("Sak", buttons=(Act("case.confirm", "Bekreft"),))
    for address in ("", "http://chat.example", "javascript:alert(1)", "https://[", "https://a b\nc"):
        mail = to_mail(asks, chat_url=address)
        assert "Svar i Teams.\nDette kan du gjøre der:\n- Bekreft" in mail.text
        assert page_of(mail).all("a") == []


def test_what_asks_nothing_offers_nothing() -> None:
    mail = to_mail(Message("Pakken er sendt", buttons=(Open("Pakken", LINK),)), chat_url=CHAT)
    assert "Svar i" not in mail.text + mail.html
    assert [tag.attributes["href"] for tag in page_of(mail).all("a")] == [LINK]


def test_a_button_to_anywhere_but_https_is_no_link() -> None:
    urls = ("http://example.org", "javascript:alert(1)", "https://", "https://[x", 'https://e.org/\n"')
    mail = to_mail(Message("Sak", buttons=tuple(Open("Se", url) for url in urls)))
    assert page_of(mail).all("a") == []
    assert not BARE_LINK.findall(mail.text)


def test_an_address_with_blanks_and_quotes_stays_one_address() -> None:
    url = "https://example.org/Mine dokumenter/\"a'<b>.pdf"
    mail = to_mail(Message("Sak", buttons=(Open("Se", url),)))
    (link,) = page_of(mail).all("a")
    assert link.attributes["href"] == url.replace(" ", "%20")
    assert set(link.attributes) == {"href", "rel"}
    assert f"Se: {url.replace(' ', '%20')}\n" in mail.text


def test_a_screen_reader_finds_its_way() -> None:
    page = page_of(to_mail(message("Ordet"), chat_url=CHAT))
    assert len(page.all("h1")) == len(page.all("title")) == 1
    rows, heads = page.all("tr"), page.all("th")
    assert len(rows) == len(heads) == len(page.all("td")) > 2
    assert {head.attributes["scope"] for head in heads} == {"row"}
    assert len(page.all("ul")) >= 3
    assert page.all("html")[0].attributes == {"lang": "nb", "dir": "ltr"}


def test_nothing_is_fetched_and_no_ground_is_painted() -> None:
    mail = to_mail(message("Ordet"), chat_url=CHAT)
    page = page_of(mail)
    attributes = {name for tag in page.tags for name in tag.attributes}
    assert attributes <= {"lang", "dir", "charset", "name", "content", "style", "role", "scope", "href", "rel"}
    styles = " ".join(tag.attributes.get("style", "") for tag in page.tags)
    assert "url(" not in styles
    assert "background" not in styles
    assert ";color:" not in styles
    assert not styles.startswith("color:")
    assert "max-width:640px" in styles


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_has_a_sign_and_not_only_a_border(tone: str) -> None:
    drawn = page_of(to_mail(replace(message("Ordet"), tone=tone, blocks=(Banner("Ordet", tone),))))  # type: ignore[arg-type]  # one of the tones
    sign = {"default": "", "good": "✓ ", "warning": "⚠ ", "attention": "✕ ", "accent": "ℹ "}[tone]
    assert drawn.words.startswith(f"Ordet {sign}Ordet {sign}Ordet")


def test_a_picture_is_told_in_words() -> None:
    mail = to_mail(Message("Årshjulet", picture=Picture("#circle()", "Møter i mars, juni og september")))
    assert mail.text.startswith("Årshjulet\n\nMøter i mars, juni og september\n")
    assert "Møter i mars, juni og september" in page_of(mail).words
    assert "#circle" not in mail.text + mail.html


def test_a_form_shows_its_answers_errors_and_choices() -> None:
    mail = to_mail(message("Ordet"))
    words = page_of(mail).words
    for said in ("Ordet (påkrevd)", "✕ Ordet", "12,5 mill", "Valg 3", "1. Valg 0 2. Valg 1", "Ja", "Nei"):
        assert said in words
    headed = to_mail(Message("Sak", (Inputs((Field("a", "text", "Tittel", "x"),), heading="Om saken"),)))
    assert "Om saken\nTittel: x" in headed.text
    assert "Om saken Tittel x" in page_of(headed).words


def hostile(text: str) -> Message:
    buttons = (
        Act("a.b", text, fields=(Field("reason", "text", text),)),
        Say(text, text),
        Open(text, LINK),
    )
    return replace(message(text), buttons=buttons)


def assert_harmless(mail: Mail) -> None:
    page = page_of(mail)
    assert [tag.attributes["href"] for tag in page.all("a")] == [CHAT, LINK]
    assert not BARE_LINK.findall(page.words)
    assert not BARE_LINK.findall(mail.text.replace(CHAT, "").replace(LINK, ""))
    assert not BARE_LINK.findall(mail.subject)
    for text in (mail.subject, mail.text, mail.html):
        assert not any(map(is_harmful, text))
        text.encode()
    assert "\n" not in mail.subject


@given(nasty)
@settings(max_examples=120, deadline=None)
def test_what_people_typed_is_shown_as_text(text: str) -> None:
    assert_harmless(to_mail(hostile(text), chat_url=CHAT))


@pytest.mark.parametrize(
    "text",
    [
        *PIECES, "<script>alert(1)</script>", "</div></body>", "\"><img src=x onerror=alert(1)>", "<!-- x", "&#106;",
        "\\\\evil\\share", "mailto:x", "tel:+4799999999", "file:///c:/x", "evil。example", "ondt.example/a?b=c",
        "ØST.РФ", "ms-word:ofe|u|x",
    ],
)  # fmt: skip
def test_each_nasty_piece_is_shown_as_text(text: str) -> None:
    mail = to_mail(hostile(text), chat_url=CHAT)
    assert_harmless(mail)
    plain = to_mail(Message("Sak", (Paragraph(text), LongText("Mer", f"a {text} b"))))
    for shown in (bare(plain.text), bare(page_of(plain).words)):
        assert f"a {bare(clean(text))} b".replace("  ", " ") in shown


@pytest.mark.parametrize("line", ["> sitat", "-- ", "--", "*fet*", "_strek_", "/skrå/", "|kode|", "  > sitat"])
def test_a_plain_mail_has_no_formats_of_its_own(line: str) -> None:
    text = to_mail(Message("Sak", (Paragraph(f"først\n{line}\nsist"),))).text
    assert line.rstrip() not in text.splitlines()
    assert line.strip() in (shown.strip() for shown in text.replace(WORD_JOINER, "").splitlines())


def test_the_check_itself_finds_harm() -> None:
    for harmful in ("se https://evil.example", "www.evil.no", "a@evil.example", "evil.example", "\\\\evil\\x"):
        assert BARE_LINK.findall(harmful)
    assert read_page("<p><b>x</p></b>").problems
    assert read_page("<p>x").problems
    assert not BARE_LINK.findall("Møtet 16.04.2026 kl. 09.00 koster 12,5 mill.")
