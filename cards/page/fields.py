"""Fields as inputs that every browser and screen reader knows. Dates and sums are written as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from cards.i18n import _
from cards.message import Field, FieldKind
from cards.page.document import line
from cards.plain import field_label
from cards.safe import clean
from cards.signs import TONE_SIGNS

MOST_BUTTONS: Final = 7
"""More choices than this stand in a list that unfolds."""
_KEYBOARDS: Final[dict[FieldKind, str]] = {"number": "numeric", "url": "url"}


def drawn_field(field: Field, name: str) -> str:
    """One question with its label, hint and error. ``name`` is unique in the page and safe in an attribute."""
    draw = {"choice": _choice, "choices": _ticks, "toggle": _toggle}.get(field.kind, _typed)
    wrong = " wrong" if field.error else ""
    return f'<div class="field{wrong}">\n{draw(field, name)}\n</div>'


def first_input(field: Field, name: str) -> str:
    """The id that a link to the question leads to."""
    return f"{name}-0" if _has_ticks(field) else name


def _has_ticks(field: Field) -> bool:
    return field.kind == "choices" or (field.kind == "choice" and len(field.options) <= MOST_BUTTONS)


def _typed(field: Field, name: str) -> str:
    shared = f'id="{name}" name="{name}" maxlength="{field.max_length}"{_said_by(field, name)}'
    if field.kind == "long_text":
        # the first line break after the tag is dropped by browsers, so that one is given to be dropped
        box = f'<textarea {shared} rows="5">\n{escape(clean(field.value))}</textarea>'
    else:
        keyboard = f' inputmode="{_KEYBOARDS[field.kind]}"' if field.kind in _KEYBOARDS else ""
        box = f'<input type="text" {shared}{keyboard} autocomplete="off" value="{escape(clean(field.value))}">'
    return "\n".join([f'<label for="{name}">{line(field_label(field))}</label>', *_notes(field, name), box])


def _choice(field: Field, name: str) -> str:
    if _has_ticks(field):
        return _ticks(field, name)
    options = "\n".join(
        f'<option value="{escape(one.value)}"{" selected" if one.value == field.value else ""}>{line(one.label)}'
        "</option>"
        for one in field.options
    )
    none = f'<option value="">{escape(_("Velg …"))}</option>'
    box = f'<select id="{name}" name="{name}"{_said_by(field, name)}>\n{none}\n{options}\n</select>'
    return "\n".join([f'<label for="{name}">{line(field_label(field))}</label>', *_notes(field, name), box])


def _ticks(field: Field, name: str) -> str:
    """One of several, or several of several, under a legend."""
    kind = "radio" if field.kind == "choice" else "checkbox"
    chosen = {field.value} if field.kind == "choice" else set(field.value.split(","))
    boxes = (
        f'<div class="tick"><input type="{kind}" id="{name}-{n}" name="{name}" value="{escape(one.value)}"'
        f'{" checked" if one.value in chosen else ""}><label for="{name}-{n}">{line(one.label)}</label></div>'
        for n, one in enumerate(field.options)
    )
    said = f' aria-describedby="{" ".join(_note_ids(field, name))}"' if _note_ids(field, name) else ""
    legend = f"<legend>{line(field_label(field))}</legend>"
    return "\n".join([f"<fieldset{said}>{legend}", *_notes(field, name), *boxes, "</fieldset>"])


def _toggle(field: Field, name: str) -> str:
    checked = " checked" if field.value == "true" else ""
    box = f'<input type="checkbox" id="{name}" name="{name}" value="true"{checked}{_said_by(field, name)}>'
    label = f'<label for="{name}">{line(field_label(field))}</label>'
    return "\n".join([*_notes(field, name), f'<div class="tick">{box}{label}</div>'])


def _notes(field: Field, name: str) -> Iterable[str]:
    if field.hint:
        yield f'<p class="hint" id="{name}-hint">{line(field.hint)}</p>'
    if field.error:
        sign = TONE_SIGNS["attention"]
        yield f'<p class="error" id="{name}-error">{sign} {line(field.error)}</p>'


def _note_ids(field: Field, name: str) -> list[str]:
    return [f"{name}-hint"] * bool(field.hint) + [f"{name}-error"] * bool(field.error)


def _said_by(field: Field, name: str) -> str:
    """The rest of an input's attributes: what describes it, whether it is wrong, whether it must be answered."""
    ids = _note_ids(field, name)
    said = f' aria-describedby="{" ".join(ids)}"' if ids else ""
    wrong = ' aria-invalid="true"' if field.error else ""
    required = ' aria-required="true"' if field.required else ""
    return f"{said}{wrong}{required}"
