"""One sentence after *kommer, kommer ikke, vara*: what stands now, and who knows of it."""

from __future__ import annotations

from collections.abc import Sequence

from board.attendance import Coming, Quorum
from board.mandate import Mandate
from cards.formats import join_words
from cards.i18n import _
from cards.message import Banner
from cards.safe import cut


def own(answer: Coming) -> Banner:
    words = {
        Coming.YES: _("Takk. Det er notert at du kommer."),
        Coming.NO: _("Takk. Det er notert at du ikke kommer."),
        Coming.DEPUTY: _("Takk. Det er notert at vara møter for deg."),
    }
    return Banner(words[answer], "good")


def deputy_asked(name: str) -> Banner:
    return Banner(_("{who} er spurt om å møte. Du får vite svaret, og du kan endre det.", who=name), "good")


def given_back(name: str) -> Banner:
    """The deputy cannot."""
    return Banner(_("Takk for beskjed. {who} får vite at du ikke kan.", who=name), "good")


def comes_instead(name: str) -> Banner:
    return Banner(_("Takk. Det er notert at du møter for {who}, som får vite det.", who=name), "good")


def on_behalf(name: str, answer: Coming) -> Banner:
    words = {Coming.YES: _("kommer"), Coming.NO: _("kommer ikke"), Coming.DEPUTY: _("sender vara")}[answer]
    return Banner(_("Notert: {who} {answer}. {who} ser det og kan endre det.", who=name, answer=words), "good")


def several(names: Sequence[str]) -> str:
    return _("Flere passer: {names}. Skriv fullt navn eller e-post.", names=join_words(names))


def nobody(written: str, mandate: Mandate) -> str:
    words = _("Jeg finner ikke {name} i registeret. Skriv fullt navn eller e-post, eller spør {email}.")
    return words.format(name=cut(written, 60), email=mandate.office_email)


def quorum_words(there: Quorum) -> str:
    """How many come against how many must, in words: no colour tells it."""
    counted = {"coming": there.coming, "invited": there.invited, "needed": there.needed}
    if there.is_reached:
        return _("ja: {coming} av {invited} kommer, vedtaksført fra {needed}", **counted)
    return _("ikke ennå: {coming} av {invited} kommer, vedtaksført fra {needed}", **counted)
