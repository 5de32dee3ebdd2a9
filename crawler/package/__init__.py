"""From extracted rows to a published, validated data package. The only home of frictionless."""
