"""`python -m crawler` is the command `ministry-news`."""

import sys


def run() -> None:
    """Runs the command line; Ctrl-C before a verb has taken it over ends the process quietly, with 130."""
    try:
        from crawler.interruption import noted

        with noted():
            from crawler.cli import main

            main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
