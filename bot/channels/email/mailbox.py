"""Which mail addresses are used: plain ones, that need no quoting on any line they are written on."""

from __future__ import annotations

import re
from typing import Final

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAILBOX: Final = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@({_LABEL}(?:\.{_LABEL})*)")
_LONGEST: Final = 254
"""RFC 5321 § 4.5.3.1.3, without the angle brackets."""


def is_mailbox(text: str) -> bool:
    """Whether it is one plain ASCII address. A name before it, quotes, or an address in brackets are not.

    ``=?`` would start an encoded word in a header: nobody has it in an address.
    """
    return len(text) <= _LONGEST and "=?" not in text and _MAILBOX.fullmatch(text) is not None


def domain_of(mailbox: str) -> str:
    """What stands after the «@»."""
    return mailbox.rpartition("@")[2]
