"""The application, its shared options, and the one place where an error becomes an exit code."""

from __future__ import annotations

import os
import sys
import time
import traceback
from pathlib import Path
from typing import Annotated

import typer

from crawler import __version__, console
from crawler.errors import ExitCode, MinistryNewsError

EXIT_CODES = "\n".join(
    [
        "Exit codes: 0 ok · 1 internal error · 2 usage · 3 bad seed · 4 crawl incomplete, or",
        "not as [expect] says · 5 package invalid · 6 another run is at work · 7 disk, permission or port ·",
        "8 not found · 9 a gate refused a source, or all · 10 not proved · 11 a hook failed · 130 interrupted",
    ]
)

app = typer.Typer(
    name="ministry-news",
    help="Archives what ministries publish: polite crawls into WARC files, and from these a validated data package.\n\n"
    "Begin with:  ministry-news demo\n\nThen:  ministry-news crawl uz.eco --limit 50",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PackageOption = Annotated[
    Path, typer.Option("--package", "-p", metavar="DIR", help="The folder of the data package.", show_default=True)
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        help="Where pages are read: processes, processes:N, serial (no limits of time and memory), dask (a cluster on "
        "this machine) or dask:tcp://HOST:PORT (yours; it sees the package under the same path).",
    ),
]
FolderArgument = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="The folder of the data package.", show_default=False)
]
FolderOption = Annotated[  # of verbs that take the folder as an argument too
    Path | None,
    typer.Option("--package", "-p", metavar="DIR", help="The same, as an option.", show_default="datapackage"),
]
SeedsOption = Annotated[
    list[Path] | None,
    typer.Option("--seeds", metavar="DIR", help="A folder of your own seeds (<country>/<slug>.toml)."),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="As it stood then: at the end of a day (UTC), or at a time with offset."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print a JSON summary for scripts, and no progress.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only the result.")]


def _log_format(form: console.LogFormat) -> console.LogFormat:
    console.log_as(form)
    return form


LogOption = Annotated[  # acted on by its callback
    console.LogFormat,
    typer.Option(
        "--log-format",
        callback=_log_format,
        is_eager=True,
        envvar="MINISTRY_NEWS_LOG_FORMAT",
        help="Progress, notes and errors on standard error: as text, or JSON, one object a line.",
    ),
]
DEFAULT_PACKAGE = Path("datapackage")


def _version(wanted: bool) -> None:
    if wanted:
        console.say(f"ministry-news {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    del version  # acted on by its callback
    console.log_as(console.LogFormat.TEXT)  # until a verb says otherwise


def attend(package: Path) -> None:
    """Finishes a publication that a killed command began, where that can be; what was done, or why it stands open, goes
    to standard error. For verbs that only read: the others repair all that there is."""
    from crawler.package.publication.unfinished_commit import finish_begun
    from crawler.workspace import Workspace
    from crawler.workspace.user_folders import warnings

    for note in (*finish_begun(Workspace(package)), *warnings()):
        console.complain(note, kind="note")


def leave(code: ExitCode) -> None:
    """Ends the command with `code`."""
    raise typer.Exit(int(code))


def main() -> None:
    """Runs the command line and ends the process with a documented exit code (`errors.ExitCode`)."""
    begun = time.monotonic()
    try:
        _run()
    except SystemExit as end:
        verb = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
        console.log_end(
            verb, end.code if isinstance(end.code, int) else int(end.code is not None), time.monotonic() - begun
        )
        raise


def _run() -> None:
    try:
        app()  # usage errors, --help and Ctrl-C (130) end the process in there
    except MinistryNewsError as error:
        console.complain(str(error))
        sys.exit(error.exit_code)
    except console.ReaderLeft:
        # The reader of our output has left (`| head`): nothing to report, and nobody to report it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OK)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        console.complain(f"{where}{error.strerror or error}")
        sys.exit(ExitCode.ENVIRONMENT)
    except Exception as error:  # the last line of defence; it hides nothing and ends with its own code
        console.tell_traceback(traceback.format_exc())
        console.complain(f"{type(error).__name__}: {error}. This is a defect of ministry-news: please report it.")
        sys.exit(ExitCode.INTERNAL)
