"""The peers, each a program of its own: a bot that sends back what it was told, as its vendor's sample does it."""
