"""A meeting as the archive takes it: a ZIP with its documents, their checksums and Noark 5 metadata."""
