"""The time of day: clocks beside a date, halves of the day, names of zones, the zone of a country."""
