"""``make bench``: the bot beside its peers, in one run on one machine. Prints a table and writes ``bench.json``."""
