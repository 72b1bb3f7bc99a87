"""Microsoft 365 Agents Playground on this machine, one instance for each persona of the demo board."""
