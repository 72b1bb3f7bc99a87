"""Why a page cannot be carried into a PDF/A as it is."""

from __future__ import annotations


class Unfit(Exception):  # an outcome: the page becomes a picture
    """``clause`` of ISO 19005-2 (PDF/A-2) that the page breaks, or that it cannot be shown to keep."""

    def __init__(self, clause: str, words: str) -> None:
        super().__init__(f"ISO 19005-2, {clause}: {words}")
        self.clause = clause
