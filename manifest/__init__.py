"""What surrounds the program: the Teams app package, the Slack app's manifest and the local Playground."""
