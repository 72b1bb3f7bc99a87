"""The commands, in the words of three languages. A command understood in one language works for every reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Command(StrEnum):
    HELP = "help"
    SUBMIT_CASE = "submit_case"
    MY_CASES = "my_cases"
    WHERE_IS = "where_is"
    DEADLINES = "deadlines"
    TASKS = "tasks"
    YEAR_WHEEL = "year_wheel"
    NEW_MEETING = "new_meeting"
    MOVE_MEETING = "move_meeting"
    CANCEL_MEETING = "cancel_meeting"
    AGENDA = "agenda"
    BUILD_AGENDA = "build_agenda"
    PACK = "pack"
    """The papers of the next meeting, to read."""
    SEND_PACK = "send_pack"
    LATE = "late"
    """«ettersending»: a case that comes too late."""
    START_MEETING = "start_meeting"
    NEXT_ITEM = "next_item"
    CLOSE_MEETING = "close_meeting"
    DRAFT_MINUTES = "draft_minutes"
    SEND_MINUTES = "send_minutes"
    MINUTES = "minutes"
    FOLLOW_UPS = "follow_ups"
    DECISIONS = "decisions"
    """«vedtak heliks»: a search of the decision register."""
    LOG = "log"
    ARCHIVE = "archive"
    """«arkiver møte»: a meeting as the archive takes it."""
    ANCHORING = "anchoring"
    """How the decisions are anchored in each organisation."""
    EVALUATION = "evaluation"
    """The yearly evaluation: the question, how far it has come, or the result."""
    CHANNEL = "channel"
    CALENDAR = "calendar"
    LANGUAGE = "language"
    JOIN_CODE = "join_code"
    """«kode Kari Nordmann»: the office makes a code that joins an account to a person."""
    JOIN = "join"
    """«koble CDFGH-JKMNP»: whoever got the code types it."""
    CANCEL = "cancel"
    BACK = "back"
    SEND = "send"
    """«send inn», while a case is being filled in."""
    RESUME = "resume"
    NEW = "new"
    CLOCK = "clock"
    """«tid 2026-04-01 08:00», in local mode only."""
    GREETING = "greeting"


@dataclass(frozen=True, slots=True)
class Phrase:
    """``words`` as a person writes them; ``takes_more``: what follows belongs to the command."""

    command: Command
    words: str
    takes_more: bool = False


def _all(command: Command, phrases: str, *, takes_more: bool = False) -> tuple[Phrase, ...]:
    return tuple(Phrase(command, words.strip(), takes_more) for words in phrases.split(";"))


PHRASES: Final = (
    *_all(
        Command.HELP,
        "hjelp;hjelp meg;hva kan du;kva kan du;hva kan jeg gjøre;kva kan eg gjere;"
        "help;what can you do;what can i do;meny;menu;?",
    ),
    *_all(
        Command.SUBMIT_CASE,
        "meld sak;melde sak;meld en sak;meld inn sak;meld ei sak;meld ny sak;ny sak;send inn en sak;registrer sak;"
        "jeg vil melde en sak;eg vil melde ei sak;submit case;submit a case;submit a new case;new case;"
        "report case;report a case;meld inn ei sak;registrer ei sak",
    ),
    *_all(
        Command.MY_CASES,
        "mine saker;sakene mine;mine saker nå;mi sak;vis mine saker;my cases;show my cases;mine;"
        "saker;sakar;mine sakar;saker nå;cases",
    ),
    *_all(
        Command.WHERE_IS,
        "hvor er saken;hvor er sak;kvar er saka;kvar er sak;hvor er;status for sak;status sak;status;"
        "kvar er;where is case;where is the case;where is my case;where is",
        takes_more=True,
    ),
    *_all(
        Command.DEADLINES,
        "frister;fristar;mine frister;mine fristar;fristene mine;fristane mine;vis frister;vis fristar;"
        "deadlines;my deadlines;show deadlines;frist;neste møte;når er neste møte;når er møtet;kva tid er neste møte;"
        "next meeting;when is the next meeting;hva skjer;kva skjer",
    ),
    *_all(
        Command.TASKS,
        "oppgaver;oppgåver;mine oppgaver;mine oppgåver;oppgavene mine;oppgåvene mine;vis oppgaver;gjøremål;gjeremål;"
        "hva venter på meg;kva ventar på meg;tasks;my tasks;to do;todo;what waits for me",
    ),
    *_all(
        Command.YEAR_WHEEL,
        "årshjul;årshjulet;aarshjul;vis årshjul;vis årshjulet;møteplan;møteplanen;year wheel;the year wheel;"
        "annual wheel;meeting plan",
        takes_more=True,
    ),
    *_all(
        Command.NEW_MEETING,
        "nytt møte;nytt møtet;nyttmøte;nytt mote;lag møte;opprett møte;sett opp møte;new meeting;create meeting;"
        "plan meeting",
        takes_more=True,
    ),
    *_all(Command.MOVE_MEETING, "flytt møte;flytt møtet;flytt mote;move meeting;move the meeting", takes_more=True),
    *_all(
        Command.CANCEL_MEETING,
        "avlys møte;avlys møtet;avlys mote;cancel meeting;cancel the meeting;call off meeting",
        takes_more=True,
    ),
    *_all(
        Command.AGENDA,
        "sakliste;saksliste;sakslista;saksliste neste møte;sakslisten;saklisten;vis sakliste;vis saksliste;dagsorden;"
        "dagsordenen;agenda;the agenda;show agenda",
        takes_more=True,
    ),
    *_all(
        Command.BUILD_AGENDA,
        "lag sakliste;lag saksliste;lag sakslista;lag sakslisten;sett opp sakliste;sett opp saksliste;ny sakliste;"
        "build agenda;make agenda;draft agenda;build the agenda",
        takes_more=True,
    ),
    *_all(
        Command.START_MEETING,
        "start møte;start møtet;startmøte;start mote;sett møtet;møtet er satt;åpne møtet;åpne møte;opne møtet;"
        "opne møte;set møtet;start meeting;start the meeting;open meeting;open the meeting",
        takes_more=True,
    ),
    *_all(
        Command.NEXT_ITEM,
        "neste sak;neste punkt;neste sak på lista;neste sak på listen;gå til neste sak;gå vidare;gå videre;next case;"
        "next item;go on",
    ),
    *_all(
        Command.CLOSE_MEETING,
        "lukk møte;lukk møtet;lukkmøte;lukk mote;avslutt møte;avslutt møtet;hev møtet;møtet er hevet;møtet er heva;"
        "close meeting;close the meeting;end meeting;end the meeting",
        takes_more=True,
    ),
    *_all(
        Command.DRAFT_MINUTES,
        "skriv referat;skriv referatet;lag referat;lag referatet;utkast til referat;rediger referat;rediger referatet;"
        "draft minutes;write minutes;draft the minutes;edit minutes",
        takes_more=True,
    ),
    *_all(
        Command.SEND_MINUTES,
        "send referat;send referatet;send ut referat;send ut referatet;send referatet til merknader;"
        "circulate minutes;send minutes;circulate the minutes;send the minutes",
        takes_more=True,
    ),
    *_all(
        Command.DECISIONS,
        "vedtak;vedtakene;vedtaka;siste vedtak;de siste vedtakene;dei siste vedtaka;søk vedtak;søk i vedtak;"
        "finn vedtak;vis vedtak;leit etter vedtak;vedtaksregister;vedtaksregisteret;vedtaksprotokoll;styrevedtak;"
        "decisions;decision;latest decisions;find decisions;find decision;search decisions;show decisions;"
        "decision register",
        takes_more=True,
    ),
    *_all(
        Command.MINUTES,
        "referat;referatet;referata;referater;vis referat;vis referatet;møtereferat;siste referat;protokoll;"
        "protokollen;minutes;the minutes;show minutes;latest minutes",
        takes_more=True,
    ),
    *_all(
        Command.FOLLOW_UPS,
        "oppfølging;oppfølginger;oppfølgingar;oppfølging av vedtak;oppfølgning;vis oppfølging;mine oppfølginger;"
        "mine oppfølgingar;follow up;follow ups;follow-ups;followups",
    ),
    *_all(
        Command.ARCHIVE,
        "arkiver møte;arkiver møtet;arkivere møte;arkivere møtet;arkiver mote;arkiver;arkiv;arkivet;hent arkivet;"
        "eksporter møte;eksporter møtet;arkivuttrekk;archive meeting;archive the meeting;archive;export meeting;"
        "export the meeting",
        takes_more=True,
    ),
    *_all(
        Command.LOG,
        "logg;loggen;vis logg;vis loggen;logg for sak;logg sak;hvem gjorde hva;kven gjorde kva;log;the log;show log;"
        "audit log",
        takes_more=True,
    ),
    *_all(
        Command.PACK,
        "sakspapirer;sakspapirene;sakspapir;sakspapira;pakke;pakken;pakka;papirer;papira;møtepapirer;saksgrunnlag;"
        "papers;pack;the pack;meeting papers",
        takes_more=True,
    ),
    *_all(
        Command.SEND_PACK,
        "send pakke;send pakken;send pakka;send sakspapirer;send sakspapirene;send ut sakspapirene;send papirer;"
        "send ut pakken;send pack;send the pack;send papers",
        takes_more=True,
    ),
    *_all(
        Command.LATE,
        "ettersending;ettersend;ettersende;ettersend sak;ettersending av sak;be om ettersending;ettersendt sak;"
        "late case;late submission;after the deadline",
        takes_more=True,
    ),
    *_all(
        Command.ANCHORING,
        "forankring;forankringen;forankringa;forankring av vedtak;forankring i helseforetakene;"
        "forankring i helseføretaka;anchoring;anchored;anchoring of decisions",
    ),
    *_all(
        Command.EVALUATION,
        "evaluering;evalueringen;evalueringa;evaluer;evaluering av styret;evaluation;the evaluation;"
        "evaluation of the board",
    ),
    *_all(Command.CHANNEL, "kanal;channel", takes_more=True),
    *_all(
        Command.CALENDAR,
        "kalender;kalenderen min;kalenderen;min kalender;abonner på kalender;calendar;my calendar",
        takes_more=True,
    ),
    *_all(Command.LANGUAGE, "språk;sprak;mål;bytt språk;byt språk;language;change language", takes_more=True),
    *_all(
        Command.JOIN_CODE,
        "kode;kode til;kode for;lag kode;lag kode til;lag kode for;ny kode til;koblingskode;koplingskode;kopling;"
        "kobling;kopling for;kobling for;code;code for;make code;make code for;join code;join code for;new code for",
        takes_more=True,
    ),
    *_all(
        Command.JOIN,
        "koble;koble til;koble meg;koble konto;koble kontoen;koble kontoen min;koble med kode;kople;kople til;"
        "kople meg;kople konto;kople kontoen;kople kontoen min;kople med kode;join;join me;join account;"
        "join my account;connect;connect me;connect my account",
        takes_more=True,
    ),
    *_all(Command.CANCEL, "avbryt;stopp;stop;cancel;abort;glem det;gløym det;slutt;never mind"),
    *_all(Command.BACK, "tilbake;gå tilbake;attende;back;go back;previous;forrige;førre;angre"),
    *_all(
        Command.SEND,
        "send inn;send;lever;lever inn;send saken;send inn saken;send saka;send inn saka;lever saka;"
        "submit;submit the case",
    ),
    *_all(
        Command.RESUME,
        "fortsett;fortsett utkast;hald fram;hald fram utkast;continue;continue draft;resume;utkast;mitt utkast;"
        "utkastet mitt;my draft",
    ),
    *_all(
        Command.NEW,
        "start ny;start ny sak;start ei ny sak;begynn på nytt;byrj på nytt;ny;start på nytt;start over;"
        "start new;start a new one;start a new case",
    ),
    *_all(Command.GREETING, "hei;hallo;heisann;god morgen;god dag;morn;hello;hi;takk;tusen takk;thanks;thank you"),
    Phrase(Command.CLOCK, "tid", takes_more=True),
)

LANGUAGE_NAMES: Final = {
    "bokmål": "nb",
    "bokmal": "nb",
    "norsk": "nb",
    "nb": "nb",
    "norwegian": "nb",
    "nynorsk": "nn",
    "nn": "nn",
    "english": "en",
    "engelsk": "en",
    "en": "en",
}

ANSWERS: Final = frozenset(
    {
        *("kommer", "jeg kommer", "kommer ikke", "jeg kommer ikke", "vara", "forfall", "ja", "nei", "gjort", "ferdig"),
        *("utsett", "i morgen", "senere", "gjør nå", "hvorfor", "hvorfor får jeg denne", "påminnelse"),
        *("kjem", "eg kjem", "kjem ikkje", "eg kjem ikkje", "utset", "i morgon", "seinare", "gjer no", "kvifor"),
        *("kvifor får eg denne", "coming", "i am coming", "not coming", "deputy", "yes", "no", "done", "tomorrow"),
        *("later", "snooze", "why", "do now"),
    }
)
"""What a person writes to a card that waits to be pressed: what waits is shown, with its buttons.

Inside a question they are its answer, never a command.
"""

OFF: Final = frozenset({"av", "slutt", "stopp", "off", "stop", "slett", "fjern", "remove"})
ANEW: Final = frozenset({"ny", "nytt", "new", "ny lenke", "ny lenkje", "new link"})
FOR_GROUP: Final = frozenset({"au", "arbeidsutvalget", "arbeidsutval", "arbeidsutvalg", "wg", "working group"})
"""«kanal au»: the working group's own channel."""
OPTIONS: Final = OFF | ANEW | FOR_GROUP | frozenset({"på", "on"})
"""What may follow «kanal» and «kalender»."""
