"""The HTML half of a mail: readable without images or styles, with a screen reader, on a phone and on a dark ground.

Styles stand on the elements, as readers drop style sheets. No colour of text or ground is set, so that a dark theme
can set both; a tone shows as a sign and as a border. Nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Final

from cards.i18n import _, current
from cards.mail_answer import Way, ways_to_answer
from cards.message import Banner, Block, Facts, Field, Inputs, LongText, Message, Meter, Open, Paragraph, Steps, Tone
from cards.plain import field_answer, field_label
from cards.safe import is_https, one_line, unlinked
from cards.signs import MISSING, NOTHING, PRESENT, STEP_SIGNS, STEP_WORDS, TONE_SIGNS

_BORDERS: Final[dict[Tone, str]] = {
    "default": "#767676",
    "good": "#2e8540",
    "warning": "#b36b00",
    "attention": "#d13438",
    "accent": "#2b7cd3",
}
"""At least 3 : 1 against white and against black."""

_PAGE: Final = (
    "max-width:640px;margin:0 auto;padding:16px;font-family:'Segoe UI',Arial,sans-serif;font-size:16px;"
    "line-height:1.5;overflow-wrap:anywhere"
)
_TITLE: Final = "font-size:22px;line-height:1.3;margin:0 0 16px"
_HEADING: Final = "font-size:16px;line-height:1.4;margin:24px 0 4px"
_TABLE: Final = "border-collapse:collapse;margin:0 0 16px;width:100%"
_CELL: Final = "text-align:left;vertical-align:top;padding:4px 16px 4px 0"
_LIST: Final = "list-style:none;margin:0 0 16px;padding:0"
_NOTE: Final = "font-size:14px;margin:16px 0 0"

_HEAD: Final = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">'
)


def to_html(message: Message, chat_url: str) -> str:
    """The page in the current language. ``chat_url`` is an https address or empty."""
    title, language = _line(message.title), current()
    sign = f"{TONE_SIGNS[message.tone]} " if message.tone != "default" else ""
    body = [
        f'<h1 style="{_TITLE}">{sign}{title}</h1>',
        _paragraph(Paragraph(message.picture.alt)) if message.picture else "",
        *(_DRAWINGS[type(block)](block) for block in message.blocks),
        _what_to_do(message, chat_url),
        *(_open(button) for button in message.buttons if isinstance(button, Open)),
        f'<p style="{_NOTE}">{escape(_("Boten leser ikke svar på e-post."))}</p>',
        f'<p style="{_NOTE}">{_text(message.why)}</p>' if message.why else "",
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="ltr">\n<head>{_HEAD}<title>{title}</title></head>\n'
        f'<body style="margin:0">\n<div role="article" lang="{language}" style="{_PAGE}">\n'
        + "\n".join(filter(None, body))
        + "\n</div>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    """Harmless, with its line breaks."""
    return escape(unlinked(text).strip()).replace("\n", "<br>\n")


def _line(text: str) -> str:
    return escape(unlinked(one_line(text)))


def _heading(text: str) -> str:
    return f'<h2 style="{_HEADING}">{_line(text)}</h2>'


def _paragraph(block: Paragraph) -> str:
    sign = f"{TONE_SIGNS[block.tone]} " if block.tone != "default" else ""
    text = f"{sign}{_text(block.text)}"
    size = ";font-size:14px" if block.small else ""
    return f'<p style="margin:0 0 16px{size}">{f"<strong>{text}</strong>" if block.strong else text}</p>'


def _banner(block: Banner) -> str:
    sign = f"{TONE_SIGNS[block.tone]} " if block.tone != "default" else ""
    style = f"margin:0 0 16px;padding:8px 12px;border:1px solid {_BORDERS[block.tone]};border-left-width:6px"
    return f'<p style="{style}"><strong>{sign}{_text(block.text)}</strong></p>'


def _facts(block: Facts) -> str:
    return _table((_line(label), _text(value) or NOTHING) for label, value in block.rows)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    drawn = "\n".join(
        f'<tr><th scope="row" style="{_CELL};width:38%">{label}</th><td style="{_CELL}">{value}</td></tr>'
        for label, value in rows
    )
    return f'<table style="{_TABLE}"><tbody>\n{drawn}\n</tbody></table>' if drawn else ""


def _long_text(block: LongText) -> str:
    return f'{_heading(block.label)}\n<p style="margin:0 0 16px">{_text(block.text) or NOTHING}</p>'


def _list(items: Iterable[str]) -> str:
    """Signs stand for bullets. The role is said as one reader forgets it where there are no bullets."""
    drawn = "\n".join(f'<li style="margin:4px 0">{item}</li>' for item in items)
    return f'<ul role="list" style="{_LIST}">\n{drawn}\n</ul>' if drawn else ""


def _steps(block: Steps) -> str:
    items = []
    for step in block.steps:
        label = f"{STEP_SIGNS[step.state]} {_line(step.label)}"
        rest = " · ".join(filter(None, (escape(_(STEP_WORDS[step.state])), _line(step.detail))))
        items.append(f"<strong>{label}</strong> · {rest}" if step.state == "current" else f"{label} · {rest}")
    return _list(items)


def _meter(block: Meter) -> str:
    count = _("{done} av {total} på plass", done=block.done, total=block.total)
    items = (
        f"{PRESENT} {_line(item.label)}"
        if item.present
        else f"{MISSING} <strong>{_line(item.label)}</strong> – {escape(_('mangler'))}"
        for item in block.items
    )
    return f'<h2 style="{_HEADING}">{_line(block.label)} · {escape(count)}</h2>\n{_list(items)}'.rstrip()


def _inputs(block: Inputs) -> str:
    rows = _table((_line(field_label(field)), _value(field)) for field in block.fields)
    return f"{_heading(block.heading)}\n{rows}" if block.heading and rows else rows


def _value(field: Field) -> str:
    answer = _text(field_answer(field))
    parts = [answer or NOTHING]
    if field.error:
        parts.append(f"<strong>{TONE_SIGNS['attention']} {_text(field.error)}</strong>")
    if not answer:
        parts.extend(f"{number}. {_line(option.label)}" for number, option in enumerate(field.options, 1))
    return "<br>\n".join(parts)


def _what_to_do(message: Message, chat_url: str) -> str:
    return "\n".join(_way(way) for way in ways_to_answer(message, chat_url))


def _way(way: Way) -> str:
    where = _anchor(escape(way.words), way.url) if way.url else escape(way.words)
    parts = [f'<p style="margin:24px 0 8px"><strong>{where}</strong></p>']
    parts += [f'<p style="margin:0 0 8px">{escape(note)}</p>' for note in way.notes]
    if way.items:
        items = "\n".join(f'<li style="margin:4px 0">{_line(item)}</li>' for item in way.items)
        parts.append(f'<p style="margin:0">{_line(way.heading)}</p>')
        parts.append(f'<ul style="margin:0 0 16px;padding:0 0 0 24px">\n{items}\n</ul>')
    return "\n".join(parts)


def _open(button: Open) -> str:
    if not is_https(button.url):
        return f'<p style="margin:0 0 8px">{_line(button.label)}: {_line(button.url)}</p>'
    return f'<p style="margin:0 0 8px">{_anchor(_line(button.label), button.url)}</p>'


def _anchor(words: str, url: str) -> str:
    """A link; ``words`` are harmless already. Its colour is the reader's own."""
    return f'<a href="{escape(url.replace(" ", "%20"))}" rel="noopener noreferrer">{words}</a>'


_DRAWINGS: Final[dict[type[Block], Callable[[Any], str]]] = {
    Paragraph: _paragraph,
    Banner: _banner,
    Facts: _facts,
    LongText: _long_text,
    Steps: _steps,
    Meter: _meter,
    Inputs: _inputs,
}
