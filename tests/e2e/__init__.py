"""The whole product in a browser: the Playground's page stands in for Teams."""
