"""What the API and browser tests stand on: programs, databases, deployments, pages."""
