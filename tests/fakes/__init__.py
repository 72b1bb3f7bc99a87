"""The local platform: real HTTP servers on 127.0.0.1 that stand in for Microsoft, and builders of what it sends."""
