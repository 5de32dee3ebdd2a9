"""Page objects: what a platform does in its own way, one module each. A seed names its platform."""
