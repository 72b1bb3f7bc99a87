"""The question with what can be answered, and the page on which the answer is confirmed. Neither has any effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from typing import Final

from board.answer_link import last_day
from cards.formats import weekday_date
from cards.i18n import _
from cards.message import Act, Banner, Block, Field, Inputs, Message
from cards.page.blocks import Rank, drawn, links, rows, said, signed
from cards.page.document import Reader, line, page
from cards.page.fields import drawn_field, first_input
from cards.plain import field_answer

OWN: Final = "in"
"""Before the names of the message's own inputs; an act's are named by its key."""
_RANK: Final = Rank(2)


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the page. ``key`` says which; ``rev`` is the revision shown; ``looks``: it answers nothing."""

    key: str
    act: Act
    rev: str = ""
    looks: bool = False

    @property
    def value(self) -> str:
        return f"{self.key}.{self.rev}"


@dataclass(frozen=True, slots=True)
class Question:
    """A message with what it offers, what was typed (by the input's name), and what stands above it all."""

    message: Message
    offers: tuple[Offer, ...]
    until: datetime
    typed: Mapping[str, str] = field(default_factory=dict)
    note: Banner | None = None

    @property
    def shares_form(self) -> bool:
        """Whether some answer sends the message's own inputs along."""
        return any(isinstance(block, Inputs) for block in self.message.blocks) and any(
            offer.act.with_inputs and not offer.looks for offer in self.offers
        )


def input_name(prefix: str, field: Field) -> str:
    """Unique in the page: two buttons may ask for a field of the same name."""
    return f"{prefix}-{field.id}"


def question_page(asked: Question, reader: Reader) -> str:
    """Everything of the card, then its buttons: each that asks more has its own inputs."""
    message = asked.message
    wrong = _errors(asked)
    body = [
        _summary(wrong) if wrong else "",
        drawn(asked.note, _RANK) if asked.note else "",
        *_content(asked),
        f'<p class="small">{line(message.why)}</p>' if message.why else "",
    ]
    return page(_("Svar"), signed(message.title, message), body, reader, wrong=bool(wrong))


def _content(asked: Question) -> Iterable[str]:
    blocks = [_block(block, asked) for block in asked.message.blocks]
    ahead = [*links(asked.message), *(_alone(offer) for offer in asked.offers if offer.looks)]
    answers = [offer for offer in asked.offers if not offer.looks]
    sharing = [offer for offer in answers if asked.shares_form and offer.act.with_inputs]
    if sharing:
        yield '<form method="post">'
        yield from blocks
        yield from (_with_fields(offer, asked) if offer.act.fields else _button(offer) for offer in sharing)
        yield "</form>"
        yield from ahead
    else:
        yield from (*blocks, *ahead)
    if answers:
        yield _RANK.heading(_("Svaret ditt")) if not sharing else ""
        yield from (_own_form(offer, asked) for offer in answers if offer not in sharing)
        yield f'<p class="small">{line(_once(asked.until))}</p>'


def _once(until: datetime) -> str:
    day = weekday_date(last_day(until))
    return _("Du bekrefter på neste side. Lenken kan brukes én gang, til og med {day}.", day=day)


def _block(block: Block, asked: Question) -> str:
    if not isinstance(block, Inputs) or not asked.shares_form:
        return drawn(block, _RANK)
    fields = [_filled(field, OWN, asked) for field in block.fields]
    inputs = "\n".join(drawn_field(field, input_name(OWN, field)) for field in fields)
    if block.folded:
        shown = " open" if any(field.value or field.error for field in fields) else ""
        heading = block.heading or _("Mer")
        return f"<details{shown}><summary>{line(heading)}</summary>\n{inputs}</details>"
    return f"{_RANK.heading(block.heading)}\n{inputs}" if block.heading else inputs


def _own_form(offer: Offer, asked: Question) -> str:
    inside = _with_fields(offer, asked) if offer.act.fields else _button(offer)
    return f'<form method="post">{inside}</form>'


def _with_fields(offer: Offer, asked: Question) -> str:
    inputs = "\n".join(
        drawn_field(_filled(field, offer.key, asked), input_name(offer.key, field)) for field in offer.act.fields
    )
    return f"<fieldset><legend>{line(offer.act.label)}</legend>\n{inputs}\n{_button(offer)}</fieldset>"


def _alone(offer: Offer) -> str:
    return f'<form method="post">{_button(offer)}</form>'


def _button(offer: Offer) -> str:
    look = {"positive": ' class="first"', "destructive": ' class="away"'}.get(offer.act.style, "")
    words = line(offer.act.send or offer.act.label)
    return f'<button type="submit" name="act" value="{escape(offer.value)}"{look}>{words}</button>'


def _filled(field: Field, prefix: str, asked: Question) -> Field:
    """With what was typed before."""
    name = input_name(prefix, field)
    return replace(field, value=asked.typed[name]) if name in asked.typed else field


# -- what is wrong -----------------------------------------------------------------------------------------------------


def _errors(asked: Question) -> list[tuple[str, Field]]:
    """The fields that say what is wrong with them, with the id each is reached by."""
    found: list[tuple[str, Field]] = []
    if asked.shares_form:
        own = (f for b in asked.message.blocks if isinstance(b, Inputs) for f in b.fields)
        found += [(first_input(field, input_name(OWN, field)), field) for field in own if field.error]
    for offer in asked.offers:
        pairs = ((input_name(offer.key, field), field) for field in offer.act.fields if field.error)
        found += [(first_input(field, name), field) for name, field in pairs]
    return found


def _summary(wrong: Sequence[tuple[str, Field]]) -> str:
    """Reached first, and leads to each field."""
    items = "\n".join(f'<li><a href="#{where}">{_what_is_wrong(field)}</a></li>' for where, field in wrong)
    heading = line(_("Svaret er ikke sendt. Rett dette:"))
    start = '<div class="note attention" role="alert" tabindex="-1" autofocus>'
    return f"{start}<h2>{heading}</h2>\n<ul>\n{items}\n</ul></div>"


def _what_is_wrong(field: Field) -> str:
    label = field.label.rstrip(".:")
    return line(f"{label}: {field.error}")


def changed_note() -> Banner:
    """Above the question, where the button that was pressed does not stand any more."""
    return Banner(_("Dette er endret siden du åpnet siden. Se over, og velg på nytt."), "warning")


# -- confirming --------------------------------------------------------------------------------------------------------


def confirm_page(
    message: Message, offer: Offer, fields: Sequence[Field], kept: Sequence[tuple[str, str]], reader: Reader
) -> str:
    """What will be answered, in words. ``kept`` is what was posted, sent along as it came."""
    told = _("Du svarer: {answer}", answer=offer.act.label)
    body = [
        f'<p class="note accent"><strong>{line(told)}</strong></p>',
        f"<p>{line(_('Det gjelder: {what}', what=message.title))}</p>",
        rows((field.label, said(field_answer(field))) for field in fields),
        f"<p>{line(_('Svaret gjelder først når du har bekreftet. Da er lenken brukt.'))}</p>",
        _again(offer, kept, f'name="sure" value="yes" class="first">{line(_("Bekreft"))}'),
        _again(offer, kept, f'name="sure" value="back">{line(_("Gå tilbake og endre"))}'),
    ]
    return page(_("Bekreft svaret"), _("Bekreft svaret ditt"), body, reader)


def _again(offer: Offer, kept: Sequence[tuple[str, str]], button: str) -> str:
    """The same answer, posted once more by another button."""
    pairs = (("act", offer.value), *kept)
    hidden = "\n".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in pairs)
    return f'<form method="post">{hidden}\n<button type="submit" {button}</button></form>'
