"""A message as a plain web page that somebody answers on, without a script: what an e-mail's link opens."""
