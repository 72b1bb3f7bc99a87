"""What stands in a person's own calendar."""

from __future__ import annotations

from board.people import Body
from cards.i18n import _
from cards.labels import body_name, deadline_name


def meeting_entry(body: Body, *, cancelled: bool) -> str:
    """Not every calendar shows that an entry is cancelled, so the words say it too."""
    return _("Avlyst: {what}", what=body_name(body)) if cancelled else body_name(body)


def deadline_entry(deadline_id: str, *, cancelled: bool) -> str:
    what = deadline_name(deadline_id)
    return _("Bortfalt: {what}", what=what) if cancelled else _("Frist: {what}", what=what)
