"""Where two versions of a text differ, marked in the text itself with words: no colour tells it."""

from __future__ import annotations

from typing import Final

from board.text_diff import Piece, diff
from cards.i18n import _, noop

_MARKS: Final = {"added": noop("[lagt til: {text}]"), "removed": noop("[fjernet: {text}]")}


def marked(before: str, after: str) -> str:
    """«Styret godkjenner [fjernet: overgang] [lagt til: oppstart] i mai.»; the text itself where nothing differs."""
    return "".join(_marked(piece) for piece in diff(before, after)).strip()


def _marked(piece: Piece) -> str:
    """The spaces around it stay outside the mark; between what was removed and what was added stands one."""
    if piece.kind == "same":
        return piece.text
    inner = piece.text.strip()
    if not inner:
        return piece.text if piece.kind == "added" else ""
    head = piece.text[: len(piece.text) - len(piece.text.lstrip())]
    tail = piece.text[len(piece.text.rstrip()) :]
    return f"{head}{_(_MARKS[piece.kind], text=inner)}{tail or ('' if piece.kind == 'added' else ' ')}"
