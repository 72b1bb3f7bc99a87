"""Messages as Block Kit, for Slack.

Blocks are built as plain dicts: for a message of eight blocks ``slack_sdk.models`` takes 520 µs against 2, and it
brings Slack's whole web client along (90 ms to import); the tests hold what is built against Slack's limits.

Text that varies is ``plain_text``, which Slack parses for nothing. Its own markup stands only around words with nothing
to parse in them. Slack folds long texts by itself, so they are shown whole; what outgrows a message is cut, with a
button (``read``) that opens the whole (:func:`to_reading`).
"""

from cards.blockkit.buttons import OPEN, READ, SAY
from cards.blockkit.codec import dump, load
from cards.blockkit.fit import asks, to_message_blocks
from cards.blockkit.forms import Form, field_errors, form_of
from cards.blockkit.inputs import read_state
from cards.blockkit.text import escaped
from cards.blockkit.views import to_home, to_reading, to_view

__all__ = [
    "OPEN",
    "READ",
    "SAY",
    "Form",
    "asks",
    "dump",
    "escaped",
    "field_errors",
    "form_of",
    "load",
    "read_state",
    "to_home",
    "to_message_blocks",
    "to_reading",
    "to_view",
]
