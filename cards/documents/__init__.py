"""Documents: what is printed, as data, and its Typst source. ``bot.documents`` turns them into PDF."""
