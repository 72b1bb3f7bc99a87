"""What surrounds the program: the Teams app package and the local Playground."""
