"""The verbs that judge a package: validate, status."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import console
from crawler.cli.app import (
    EngineOption,
    FolderArgument,
    FolderOption,
    JsonOption,
    LogOption,
    QuietOption,
    SeedsOption,
    app,
    attend,
    leave,
)
from crawler.cli.folders import outside, package_among, the_package
from crawler.console import LogFormat
from crawler.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from crawler.package.exports.health import Health


class StatusForm(StrEnum):
    """The forms of `status`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PROMETHEUS = "prometheus"


@app.command()
def validate(
    folder: FolderArgument = None,
    package: FolderOption = None,
    full: Annotated[bool, typer.Option("--full", help="Also every WARC record and its digests.")] = False,
    reextract: Annotated[
        bool, typer.Option("--reextract", help="Read every article's WARC record again and compare the rows.")
    ] = False,
    frictionless: Annotated[
        bool, typer.Option("--frictionless", help="Have Frictionless read all, as its own command does.")
    ] = False,
    locked: Annotated[
        bool, typer.Option("--locked", help="As --reextract, with the versions that the package states (needs uv).")
    ] = False,
    annotations: Annotated[bool, typer.Option("--annotations", help="Print errors as GitHub annotations.")] = False,
    report: Annotated[
        list[Path] | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Write what was found: JSON if FILE ends in .json, SARIF 2.1.0 if in .sarif, else Markdown, appended. "
            "May be given several times; $GITHUB_STEP_SUMMARY is appended to when set.",
        ),
    ] = None,
    engine: EngineOption = "processes",
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Check the package: all rules of its schemas, and what Frictionless misses. Frictionless itself reads the
    descriptor, the first rows of each part, and each part in which something may be wrong.

    Exit code 5 when it is not valid, 10 when it is not proved: a record could not be compared, or reads otherwise with
    other versions than the package states; 4 when it is valid, but a source has not what [expect] of its seed says, in
    the words that crawl and status use.

    Fetches nothing and runs nothing of the package: safe on a package made by others.

    \b
    Examples:
      ministry-news validate
      ministry-news validate downloads/uz-news --full --reextract
      ministry-news validate downloads/uz-news --locked
      ministry-news validate downloads/uz-news --report found.sarif
    """
    from crawler.app import commands
    from crawler.app.validation import locked_versions
    from crawler.app.validation.validation_files import reports_to, write_reports

    root = the_package(folder, package)
    outside(root, *(report or ()))
    attend(root)
    if locked and (pins := locked_versions.stated_pins(root)):
        flags = {"--full": full, "--frictionless": frictionless, "--annotations": annotations}
        flags |= {"--json": as_json, "--quiet": quiet}
        chosen = [flag for flag, is_set in flags.items() if is_set] + [f"--report={path}" for path in report or ()]
        chosen += [f"--log-format={log_format.value}", f"--engine={engine}"]
        raise typer.Exit(locked_versions.validate_with(pins, ["--reextract", f"--package={root}", *chosen]))
    with console.Display(quiet=quiet or as_json) as display:
        found = commands.validate(
            root,
            full=full,
            reextract=reextract or locked,
            through_frictionless=frictionless,
            engine=engine,
            show=display,
        )
    write_reports(found, root, reports_to(report or ()))
    if as_json:
        console.print_json(found.as_dict())
    else:
        for line in found.lines(annotations=annotations):
            console.say(line)
    leave(found.exit_code)


@app.command()
def status(
    seeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DIR SEED...", help="The package's folder; and seeds to tell of that were never crawled."
        ),
    ] = None,
    package: FolderOption = None,
    fail_late: Annotated[
        bool,
        typer.Option("--fail-late", help="For monitoring: exit code 4: late, failing or not as expected; 9: refused."),
    ] = False,
    own: SeedsOption = None,
    form: Annotated[
        StatusForm,
        typer.Option("--format", help="prometheus: metrics in its text format; html: a page for a browser."),
    ] = StatusForm.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, in one step; with --format."),
    ] = None,
    as_json: JsonOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Tell when each source was last seen, what is late, what fails and since when, and what waits.

    A source is late when no run could reach it for [expect] late_hours of its seed, or for three times the usual gap
    between its runs. Exit code 0, or with --fail-late: 9 a gate refused the last build, 4 a source is late,
    fails (also when none of its pages could be read), or is not as [expect] of its seed says.

    \b
    Examples:
      ministry-news status /srv/uz
      ministry-news status uz --package /srv/uz --fail-late --json
      ministry-news status /srv/uz --format html --output /var/www/status.html
      ministry-news status /srv/uz --format prometheus --output /var/lib/node_exporter/uz.prom
    """
    from crawler.app.status import source_status
    from crawler.package.descriptor.cell_types import cells_are_checked
    from crawler.workspace import Workspace

    folder, names = package_among(seeds or ())
    root = the_package(folder, package)
    outside(root, output)
    attend(root)
    found = source_status.status(root, names, datetime.now(UTC), own or ())
    form = StatusForm.JSON if as_json else form
    if form is not StatusForm.TEXT:
        with cells_are_checked(Workspace(root)):
            text = _worded(form, found, root)
        _tell(text, output)
    elif output:
        raise UsageError("--output needs --format json, html or prometheus")
    else:
        console.print_table("Sources", source_status.STATUS_COLUMNS, source_status.status_rows(found))
        for line in source_status.status_notes(found):
            console.say(line)
    if fail_late and found.refused:
        leave(ExitCode.REFUSED)
    leave(ExitCode.INCOMPLETE if fail_late and (found.late or found.failing or found.alarmed) else ExitCode.OK)


def _worded(form: StatusForm, found: Health, root: Path) -> str:
    from crawler.app.status import status_formats

    if form is StatusForm.PROMETHEUS:
        from crawler.app.status.status_metrics import prometheus

        return prometheus(found)
    return (
        status_formats.as_html(found, root.resolve().name) if form is StatusForm.HTML else status_formats.as_json(found)
    )


def _tell(text: str, output: Path | None) -> None:
    from crawler.app.status.status_formats import write_whole

    if output:
        write_whole(output, text)
    else:
        console.print_document(text)
