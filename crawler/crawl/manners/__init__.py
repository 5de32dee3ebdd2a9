"""What a crawl owes to a site: its robots.txt, the gap between requests, rests and hours, few questions."""
