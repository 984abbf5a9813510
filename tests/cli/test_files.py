import os
from pathlib import Path

import pytest

from bot.cli.files import check_outputs, written
from bot.core.errors import BadInput


def _write_half(path, error):
    with written(path) as stream:
        stream.write(b"half")
        raise error


def test_a_file_appears_only_when_all_went_well(tmp_path):
    path = tmp_path / "a.txt"
    with written(path) as stream:
        stream.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_is_raised_leaves_the_old_file_alone(tmp_path, error):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(error):
        _write_half(path, error)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_a_known_error_and_leaves_nothing(tmp_path):
    with pytest.raises(BadInput) as caught, written(tmp_path / "a.txt"):
        raise OSError(28, "No space left on device")
    assert caught.value.key == "input.not_writable"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_only_its_owner_may_read_stays_so(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o600)
    with written(path) as stream:
        stream.write(b"new")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to any group")
def test_a_file_of_another_group_stays_with_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    os.chown(path, -1, os.getegid() + 1)
    path.chmod(0o640)
    with written(path) as stream:
        stream.write(b"new")
    assert (path.stat().st_gid, path.stat().st_mode & 0o777) == (os.getegid() + 1, 0o640)


@pytest.mark.skipif(not hasattr(os, "chown"), reason="files have no groups here")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(0o640, 0o600, id="another group reads nothing"),
        pytest.param(0o604, 0o600, id="who was shut out with the old group stays out"),
        pytest.param(0o644, 0o604, id="what everybody could read"),
    ],
)
def test_a_file_whose_group_cannot_be_kept_is_opened_to_nobody(tmp_path, monkeypatch, old, new):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse)
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(old)
    with written(path) as stream:
        stream.write(b"new")
    assert path.stat().st_mode & 0o777 == new


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path):
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with written(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no device to write to")
def test_what_is_no_regular_file_is_written_to_directly():
    with written(Path("/dev/null")) as stream:
        stream.write(b"gone")
    assert not Path("/dev/null").is_file()


def test_a_name_as_long_as_the_disk_allows_is_written(tmp_path):
    path = tmp_path / ("x" * 250 + ".html")
    with written(path) as stream:
        stream.write(b"whole")
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_to_itself_is_a_known_error(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(BadInput) as caught:
        check_outputs([link], [])
    assert caught.value.key == "input.not_writable"
