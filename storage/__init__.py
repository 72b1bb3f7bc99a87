"""Keeping what happened: SQLite or PostgreSQL behind ``board.ports``. All SQL is here; no channel and no card is."""
