"""The words of the commands, as buttons say and write them."""

from __future__ import annotations

from cards.i18n import _
from dialogs.commands import Command


def command_words(command: Command) -> tuple[str, str]:
    """(what the button says, what it writes), in the reader's language."""
    words = {
        Command.HELP: (_("Hjelp"), _("hjelp")),
        Command.SUBMIT_CASE: (_("Meld sak"), _("meld sak")),
        Command.MY_CASES: (_("Mine saker"), _("mine saker")),
        Command.WHERE_IS: (_("Hvor er saken …"), _("hvor er saken")),
        Command.DEADLINES: (_("Frister"), _("frister")),
        Command.TASKS: (_("Oppgaver"), _("oppgaver")),
        Command.YEAR_WHEEL: (_("Årshjul"), _("årshjul")),
        Command.NEW_MEETING: (_("Nytt møte …"), _("nytt møte")),
        Command.MOVE_MEETING: (_("Flytt møte …"), _("flytt møte")),
        Command.CANCEL_MEETING: (_("Avlys møte …"), _("avlys møte")),
        Command.AGENDA: (_("Saksliste"), _("saksliste")),
        Command.BUILD_AGENDA: (_("Lag saksliste"), _("lag saksliste")),
        Command.PACK: (_("Sakspapirer"), _("sakspapirer")),
        Command.SEND_PACK: (_("Send sakspapirene"), _("send pakke")),
        Command.LATE: (_("Ettersending"), _("ettersending")),
        Command.START_MEETING: (_("Start møtet"), _("start møte")),
        Command.NEXT_ITEM: (_("Neste sak"), _("neste sak")),
        Command.CLOSE_MEETING: (_("Lukk møtet"), _("lukk møte")),
        Command.DRAFT_MINUTES: (_("Skriv referat"), _("skriv referat")),
        Command.SEND_MINUTES: (_("Send referatet"), _("send referat")),
        Command.MINUTES: (_("Referat"), _("referat")),
        Command.FOLLOW_UPS: (_("Oppfølging"), _("oppfølging")),
        Command.DECISIONS: (_("Vedtak …"), _("vedtak")),
        Command.ARCHIVE: (_("Arkiver møte"), _("arkiver møte")),
        Command.LOG: (_("Logg …"), _("logg")),
        Command.ANCHORING: (_("Forankring"), _("forankring")),
        Command.EVALUATION: (_("Evaluering"), _("evaluering")),
        Command.CHANNEL: (_("Kanal"), _("kanal")),
        Command.CALENDAR: (_("Kalender"), _("kalender")),
        Command.LANGUAGE: (_("Språk"), _("språk")),
        Command.JOIN_CODE: (_("Lag kode"), _("kode")),
        Command.JOIN: (_("Koble konto"), _("koble")),
        Command.CANCEL: (_("Avbryt"), _("avbryt")),
        Command.BACK: (_("Tilbake"), _("tilbake")),
        Command.SEND: (_("Send inn"), _("send inn")),
        Command.RESUME: (_("Fortsett"), _("fortsett")),
        Command.NEW: (_("Start ny sak"), _("start ny")),
    }
    return words.get(command, (_("Hjelp"), _("hjelp")))
