"""The verb that begins the settings of a package."""

from __future__ import annotations

from crawler import console
from crawler.cli.app import FolderArgument, FolderOption, app
from crawler.cli.folders import the_package


@app.command()
def init(folder: FolderArgument = None, package: FolderOption = None) -> None:
    """Write ministry-news.toml beside a package: title, licence, creators, DOI, to be filled in.

    \b
    Example:
      ministry-news init datapackage
    """
    from crawler.app.settings_file import make_settings

    console.say(f"{make_settings(the_package(folder, package))}: fill in what you want to say of the package")
