"""What could not be proved has an exit code and a word of its own."""

from __future__ import annotations

import json

import pytest

from tests.package.forger import Forger
from tests.package.package_breaks import made


@pytest.fixture
def forged(tmp_path) -> Forger:
    """A title changed in a package that says that another version of this program read it."""
    forger = Forger(made(tmp_path / "package"))
    forger.descriptor["extraction"] |= {"version": "0+000000000000", "code": "0"}
    forger.change("articles", lambda row: row.update(title="Something else"))
    forger.derive()
    forger.save()
    return forger


def test_reextract_ends_with_ten_and_says_why(forged: Forger, invoke) -> None:
    root = forged.workspace.root
    done = invoke("validate", "--reextract", "--quiet", "--package", root)
    assert done.returncode == 10
    assert "NOT PROVED" in done.stdout
    assert "may be explained by another version of this program" in done.stdout
    told = json.loads(invoke("validate", "--reextract", "--json", "--package", root).stdout)
    assert (told["valid"], told["verdict"], told["errors"]) == (False, "NOT PROVED", [])
    assert told["unproved"]


def test_an_error_beside_it_ends_with_five(forged: Forger, invoke) -> None:
    (forged.workspace.data / "more.csv").write_text("x", "utf-8")
    done = invoke("validate", "--reextract", "--quiet", "--package", forged.workspace.root)
    assert done.returncode == 5
    assert "NOT VALID" in done.stdout
