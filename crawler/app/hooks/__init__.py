"""What is carried out after a run: commands and webhooks that follow a package. No content of any package."""
