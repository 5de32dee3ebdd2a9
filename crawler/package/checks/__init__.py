"""Whether a package is what it says. The only home of frictionless."""
