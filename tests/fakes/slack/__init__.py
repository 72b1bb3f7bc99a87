"""Slack on this machine: its Web API, Socket Mode, people who write and press, and what they see."""
