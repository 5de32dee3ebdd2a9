"""The script by which the scheduled workflow fetches and publishes the package: no failure of the network costs any."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / ".github" / "release.sh"

# Stands for GitHub's command: a folder is the release; FAIL names a call that fails, CUT a file that comes half.
GH = f"""#!{sys.executable}
import os, shutil, sys
from pathlib import Path
words, store = sys.argv[1:], Path(os.environ["STORE"])
call = " ".join(words[:2])
if call == os.environ.get("FAIL"):
    sys.exit("error connecting to api.example: HTTP 502")
if words[0] == "api":
    sys.exit(0 if store.is_dir() else "gh: Not Found (HTTP 404)")
if call == "release create":
    store.mkdir()
elif call == "release view":
    print(*sorted(p.name for p in store.iterdir()), sep="\\n", end="\\n" if any(store.iterdir()) else "")
elif call == "release download":
    name, folder = words[words.index("--pattern") + 1], Path(words[words.index("--dir") + 1])
    folder.mkdir(exist_ok=True)
    data = (store / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2] if os.environ.get("CUT", "no file") in name else data)
elif call == "release upload":
    for path in map(Path, words[3:]):
        if os.environ.get("CUT", "no file") in path.name:
            sys.exit("upload failed")
        shutil.copy(path, store)
elif call == "release delete-asset":
    (store / words[3]).unlink()
"""


class Job:
    """One run of the workflow, in a folder of its own, on a release that outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store, self.runs = folder, folder / "store", 0
        (folder / "bin").mkdir()
        (folder / "bin" / "gh").write_text(GH)
        (folder / "bin" / "gh").chmod(0o755)

    def start(self) -> Path:
        self.runs += 1
        place = self.folder / f"run{self.runs}"
        place.mkdir()
        return place

    def script(self, verb: str, place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {
            **os.environ, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "STORE": str(self.store),
            "GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": f"{self.runs:03}", "PART_BYTES": "4000",
        }  # fmt: skip
        return subprocess.run(
            ["bash", str(SCRIPT), verb], cwd=place, env=known | environment, capture_output=True, text=True, check=False
        )

    def whole(self, words: str) -> None:
        """A run that adds a file and publishes."""
        place = self.start()
        assert self.script("fetch", place).returncode == 0
        (place / "package" / f"{words}.txt").write_text(words * 2000)
        done = self.script("publish", place)
        assert done.returncode == 0, done.stderr

    def held(self) -> set[str]:
        """The files of the package that the next run would get."""
        place = self.start()
        done = self.script("fetch", place)
        assert done.returncode == 0, done.stderr
        return {path.name for path in (place / "package").iterdir()}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


def test_each_run_goes_on_where_the_last_one_ended(job: Job) -> None:
    assert job.held() == set()
    for words in ("one", "two", "three", "four"):
        job.whole(words)
    assert job.held() == {"one.txt", "two.txt", "three.txt", "four.txt"}
    assert len(list(job.store.glob("*.sha256"))) == 2
    assert len({path.name.split(".")[0] for path in job.store.iterdir()}) == 2


@pytest.mark.parametrize("failing", ["api repos/o/r/releases/tags/data", "release view", "release download"])
def test_a_release_that_cannot_be_asked_is_no_empty_one(job: Job, failing: str) -> None:
    job.whole("one")
    place = job.start()
    done = job.script("fetch", place, FAIL=failing)
    assert done.returncode != 0
    assert not (place / "package").exists()
    assert job.held() == {"one.txt"}


@pytest.mark.parametrize("cut", [".tar.000", ".tar.001", ".sha256"])
def test_a_cut_download_is_seen(job: Job, cut: str) -> None:
    job.whole("one")
    place = job.start()
    assert job.script("fetch", place, CUT=cut).returncode != 0
    assert not (place / "package").exists()


@pytest.mark.parametrize("cut", [".tar.001", ".sha256"])
def test_an_upload_that_breaks_off_leaves_the_package_before(job: Job, cut: str) -> None:
    job.whole("one")
    place = job.start()
    assert job.script("fetch", place).returncode == 0
    (place / "package" / "two.txt").write_text("two" * 4000)
    assert job.script("publish", place, CUT=cut).returncode != 0
    assert job.held() == {"one.txt"}


def test_files_without_a_list_are_told(job: Job) -> None:
    job.store.mkdir()
    (job.store / "package.tar").write_bytes(b"x")
    done = job.script("fetch", job.start())
    assert done.returncode == 1
    assert "no list of their digests" in done.stderr
