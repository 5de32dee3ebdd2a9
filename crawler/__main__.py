"""`python -m crawler` is the command `ministry-news`."""

from crawler.cli import main

if __name__ == "__main__":
    main()
