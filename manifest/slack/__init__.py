"""The Slack app: its manifest, with the address of this installation, or none for Socket Mode."""
