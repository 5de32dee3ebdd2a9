"""`python -m crawler` is the command `ministry-news`."""

import sys


def run() -> None:
    """Runs the command line; Ctrl-C while it is being loaded ends the process quietly, with 130."""
    try:
        from crawler.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    main()


if __name__ == "__main__":
    run()
