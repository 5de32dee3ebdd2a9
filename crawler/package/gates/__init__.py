"""Whether a build may be published, source by source."""
