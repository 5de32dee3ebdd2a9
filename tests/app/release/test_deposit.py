"""A draft at Zenodo: filled, resumed, compared, and never published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.app.release import deposit as depositing
from crawler.app.release.deposit import check_limits, deposit, state_file
from crawler.app.release.make import Made, made_before
from crawler.app.release.zenodo_api import TRIES, Api, UploadIncomplete, origin_of
from crawler.errors import EnvironmentFault, UsageError
from tests.app.release.conftest import made_of
from tests.app.release.zenodo_server import TOKEN, Zenodo, served


@pytest.fixture
def zenodo() -> Iterator[Zenodo]:
    with served() as its:
        yield its


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_of(tmp_path / "news-2.20261127.2")


class Sent:
    """Calls, with what they told and how long they waited."""

    def __init__(self, zenodo: Zenodo, made: Made, token: str = TOKEN) -> None:
        self.zenodo, self.made, self.token = zenodo, made, token
        self.notes: list[str] = []
        self.waits: list[float] = []

    def __call__(self, version_of: int | None = None) -> Any:
        api = Api(self.zenodo.base, self.token, wait=self.waits.append)
        return deposit(self.made, api, version_of=version_of, tell=self.notes.append, progress=lambda *_: None)


def assert_whole(zenodo: Zenodo, made: Made, number: int) -> None:
    assert zenodo.files[number] == {path.name: path.read_bytes() for path in made.release.folder.iterdir()}
    assert not any("publish" in path for _, path in zenodo.asked)
    assert not any(TOKEN in path for _, path in zenodo.asked)


def test_a_draft_has_every_file_and_the_metadata(zenodo: Zenodo, made: Made) -> None:
    sent = Sent(zenodo, made)
    draft = sent()
    assert (draft.id, draft.page, draft.doi) == (1000, f"{zenodo.base}/deposit/1000", "10.5072/zenodo.1000")
    assert (draft.sent, draft.kept) == (len(made.files), 0)
    assert_whole(zenodo, made, 1000)
    assert zenodo.drafts[1000]["metadata"]["version"] == made.release.version
    assert (sent.notes, sent.waits) == ([], [])
    again = sent()
    assert (again.id, again.sent, again.kept) == (1000, 0, len(made.files))
    assert len(zenodo.drafts) == 1
    assert made_before(made.release.folder) == made  # what is remembered stands beside it


@pytest.mark.parametrize("fault", [429, 500, 503, "cut", "spoil"])
def test_what_passes_is_tried_again(zenodo: Zenodo, made: Made, fault: Any) -> None:
    zenodo.faults = {("PUT", "/package.wacz"): [fault, fault]}
    if isinstance(fault, int):
        zenodo.faults[("POST", "/depositions")] = [fault]
    sent = Sent(zenodo, made)
    sent()
    assert_whole(zenodo, made, 1000)
    if fault == 429:
        assert sent.waits == [7, 7, 7]  # as it asks
    elif fault == "spoil":
        assert len(sent.notes) == 2 and "other bytes" in sent.notes[0]
    else:
        assert len(sent.waits) == (2 if fault == "cut" else 3)


@pytest.mark.parametrize("fault", [500, "cut", "spoil"])
def test_what_does_not_pass_is_told_and_the_next_call_goes_on(zenodo: Zenodo, made: Made, fault: Any) -> None:
    zenodo.faults = {("PUT", "/package.wacz"): [fault] * TRIES}
    with pytest.raises(UploadIncomplete) as told:
        Sent(zenodo, made)()
    assert told.value.exit_code == 4
    there = len(zenodo.files[1000])
    assert 0 < there < len(made.files)
    zenodo.faults = {}
    zenodo.asked.clear()
    draft = Sent(zenodo, made)()
    assert (draft.id, len(zenodo.drafts)) == (1000, 1)
    assert 0 < draft.kept < len(made.files)
    assert len([1 for method, path in zenodo.asked if method == "PUT" and "/api/files/" in path]) == draft.sent
    assert_whole(zenodo, made, 1000)


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_is_refused_is_told_once_and_not_shown(zenodo: Zenodo, made: Made, status: int) -> None:
    zenodo.faults = {("POST", "/depositions"): [status]}
    with pytest.raises(EnvironmentFault, match="refuses the token") as told:
        Sent(zenodo, made)()
    assert TOKEN not in str(told.value)
    assert len(zenodo.asked) == 1
    with pytest.raises(EnvironmentFault, match="refuses the token") as told:
        Sent(zenodo, made, "another-token")()
    assert "another-token" not in str(told.value)


@pytest.mark.parametrize("token", ["", "two words", "line\nend", "té"])
def test_what_is_no_token_is_not_sent_and_not_shown(token: str) -> None:
    with pytest.raises(EnvironmentFault, match="ZENODO_TOKEN is no token") as told:
        Api("https://zenodo.example", token)
    assert not token or token not in str(told.value)


def test_a_draft_whose_making_was_cut_is_not_made_again_unasked(zenodo: Zenodo, made: Made) -> None:
    """Nobody knows whether it was made: a second one would be somebody's litter."""
    zenodo.faults = {("POST", "/depositions"): ["cut"]}
    with pytest.raises(UploadIncomplete):
        Sent(zenodo, made)()
    assert len(zenodo.asked) == 1
    assert Sent(zenodo, made)().id == 1000


def test_metadata_that_is_refused_is_told_with_the_field(zenodo: Zenodo, made: Made) -> None:
    path = made.release.folder / "zenodo.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "access_right": "no such"}))
    with pytest.raises(UploadIncomplete, match=r"answered 400 \(Validation error\.; metadata\.access_right"):
        Sent(zenodo, made)()


def test_a_draft_that_was_removed_is_made_again(zenodo: Zenodo, made: Made) -> None:
    sent = Sent(zenodo, made)
    sent()
    zenodo.drafts[7] = zenodo.drafts.pop(1000)
    zenodo.files[7] = zenodo.files.pop(1000)
    assert sent().id == 1001
    assert sent.notes == [f"draft 1000 is gone from {zenodo.base}: a new one is made"]


def test_what_is_published_is_not_touched(zenodo: Zenodo, made: Made) -> None:
    Sent(zenodo, made)()
    zenodo.drafts[1000]["submitted"] = True
    zenodo.asked.clear()
    with pytest.raises(UsageError, match="deposition 1000 is published"):
        Sent(zenodo, made)()
    assert zenodo.asked == [("GET", "/api/deposit/depositions/1000")]


def test_a_file_that_was_spoiled_in_the_draft_is_sent_again(zenodo: Zenodo, made: Made) -> None:
    Sent(zenodo, made)()
    zenodo.files[1000]["NOTES.md"] = b"other words"
    zenodo.files[1000]["strange.txt"] = b"of somebody"
    sent = Sent(zenodo, made)
    assert sent().sent == 1
    assert zenodo.files[1000]["NOTES.md"] == (made.release.folder / "NOTES.md").read_bytes()
    assert sent.notes == ["the draft has files that are not of the release: strange.txt"]


def test_a_release_can_be_the_next_version_of_a_record(zenodo: Zenodo, made: Made) -> None:
    zenodo.drafts[40] = {"metadata": {}, "submitted": True}
    zenodo.files[40] = {"NOTES.md": b"of the version before", "gone.parquet": b"x", "README.md": b"y"}
    zenodo.faults = {("PUT", "/package.wacz"): ["cut"] * TRIES}
    with pytest.raises(UploadIncomplete):
        Sent(zenodo, made)(version_of=40)
    zenodo.faults = {}
    with pytest.raises(UsageError, match="next version of 40"):
        Sent(zenodo, made)()
    sent = Sent(zenodo, made)
    assert sent(version_of=40).id == 540
    assert_whole(zenodo, made, 540)
    assert sent.notes == []
    assert len(zenodo.files[40]) == 3  # the published one is as it was


def test_a_record_that_is_not_published_has_no_next_version(zenodo: Zenodo, made: Made) -> None:
    zenodo.drafts[40], zenodo.files[40] = {"metadata": {}}, {}
    with pytest.raises(UploadIncomplete, match="answered 400"):
        Sent(zenodo, made)(version_of=40)
    assert not state_file(made).exists()


@pytest.mark.parametrize("text", ["[]", "{", '{"BASE": 7}', '{"BASE": {"draft": "x", "version_of": null}}'])
def test_a_spoiled_note_of_the_draft_is_told(zenodo: Zenodo, made: Made, text: str) -> None:
    state_file(made).write_text(text.replace("BASE", zenodo.base))
    with pytest.raises(UsageError, match=r"\.zenodo\.json"):
        Sent(zenodo, made)()
    assert zenodo.asked == []


def test_a_bucket_of_another_host_gets_neither_file_nor_token(zenodo: Zenodo, made: Made) -> None:
    with served() as other:
        zenodo.bucket_base = other.base
        with pytest.raises(UploadIncomplete, match="another host"):
            Sent(zenodo, made)()
        assert other.asked == []


def test_a_token_is_not_sent_in_the_clear() -> None:
    for address in ("http://zenodo.org", "http://10.0.0.1", "ftp://zenodo.org", "https://me@zenodo.org", "zenodo.org"):
        with pytest.raises(UsageError):
            Api(address, TOKEN)
    assert origin_of("https://zenodo.org/api") == ("https", "zenodo.org", 443)


def test_each_zenodo_has_its_own_draft(zenodo: Zenodo, made: Made) -> None:
    Sent(zenodo, made)()
    with served() as sandbox:
        sandbox.drafts[1000] = {"metadata": {}}
        sandbox.files[1000] = {}
        assert Sent(sandbox, made)().id == 1001
        known = json.loads(state_file(made).read_bytes())
        assert {base: its["draft"] for base, its in known.items()} == {zenodo.base: 1000, sandbox.base: 1001}
        assert TOKEN not in state_file(made).read_text()


def test_what_is_too_large_for_a_record_is_told_before_anything_is_sent(
    zenodo: Zenodo, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = replace(made, files=(*made.files, replace(made.files[0], bytes=50_000_000_000)))
    many = replace(made, files=made.files * 20)
    for its in (large, many):
        with pytest.raises(UsageError, match="at most 100 files with 50,000,000,000 bytes"):
            Sent(zenodo, its)()
    assert zenodo.asked == []
    monkeypatch.setattr(depositing, "MAX_FILES", len(made.files))
    check_limits(made)
