"""The other fields of a record: headline, dates, section, authors, tags, pictures, files, addresses."""
