"""The Teams app: its manifest, its languages, its icons."""
