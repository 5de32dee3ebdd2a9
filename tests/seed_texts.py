"""Seeds that several rooms' tests need."""

MINISTRY = """
title = { en = "Ministry" }
homepage = "https://ministry.example/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "https://ministry.example/feed.xml"
"""
