"""«ettersending»: which case came too late, for which meeting, and why it is to be taken in all the same."""

from __future__ import annotations

from collections.abc import Sequence

from board.case_ports import CaseLine
from board.mandate import Mandate
from board.meeting import Meeting
from board.states import CaseState
from cards.i18n import _
from cards.labels import label, state_name
from cards.message import Block, Message, Paragraph, Say
from cards.safe import cut
from cards.templates.group_buttons import late_button
from cards.templates.lists import BUTTON_TITLE, name

MOST_CASES = 5


def which_late(lines: Sequence[CaseLine], meetings: Sequence[Meeting]) -> Message:
    """For those who may ask: the cases they handle, the latest changed first."""
    shown = lines[:MOST_CASES]
    blocks: list[Block] = [
        Paragraph(_("Porteføljeansvarlig og leder avgjør, i den rekkefølgen. Begge får spørsmålet."))
    ]
    for line in shown:
        blocks += [Paragraph(name(line), strong=True), Paragraph(state_name(CaseState(line.state)), small=True)]
    if not shown or not meetings:
        blocks.append(Paragraph(_("Ingen saker eller møter å be om det for nå.")))
    buttons = (
        late_button(line.id, line.rev, meetings, _("For {title}", title=cut(name(line), BUTTON_TITLE)))
        for line in shown
        if meetings
    )
    return Message(
        title=_("Hvilken sak skal tas inn etter fristen?"),
        blocks=tuple(blocks),
        buttons=tuple(buttons) or (Say(_("Mine saker"), _("mine saker")), Say(_("Frister"), _("frister"))),
    )


def how_late(mandate: Mandate) -> Message:
    """For everybody else: what to do with a case that is late."""
    return Message(
        title=_("Kommer saken etter fristen?"),
        blocks=(
            Paragraph(_("Meld saken som vanlig, velg møtet, og skriv hvorfor den kommer etter fristen.")),
            Paragraph(
                _(
                    "Porteføljeansvarlig og leder avgjør om den tas inn. Gjelder det papirer til en sak som er meldt, "
                    "skriv til {office}: {email}.",
                    office=label(mandate.office),
                    email=mandate.office_email,
                )
            ),
        ),
        buttons=(Say(_("Meld sak"), _("meld sak")), Say(_("Frister"), _("frister"))),
    )
