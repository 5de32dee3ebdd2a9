"""The folder of Parquet that the validators of others look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.package.exports.export import export
from crawler.workspace import Workspace


@pytest.fixture(scope="session")
def folder(package: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    export(package, "parquet", folder)
    return folder
