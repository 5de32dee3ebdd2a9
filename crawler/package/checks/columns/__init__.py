"""The tables of a package read by columns, within a bound of memory that does not grow with the package."""
