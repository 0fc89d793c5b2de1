"""Writing files: whatever fails, and whenever, the old content or the new one stands there, and nothing beside it."""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from alignment_cli.write import ChangedError, write_atomically, write_if_unchanged

OLD, NEW = b"lama\n" * 10, b"baru\n" * 20
STEPS = ("open", "chown", "chmod", "write", "fsync", "close", "replace")
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX files")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "rencana.yaml"
    file.write_bytes(OLD)
    return file


@contextmanager
def umask(value):
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


class TestWrites:
    def test_new_content(self, path):
        write_atomically(path, NEW)
        assert path.read_bytes() == NEW
        assert list(path.parent.iterdir()) == [path]

    @pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"\0\x1a\xff", b"x" * 3_000_000])
    def test_bytes_stay_as_they_are(self, path, data):
        write_atomically(path, data)
        assert path.read_bytes() == data

    def test_short_writes_are_continued(self, path, monkeypatch):
        real = os.write
        monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
        write_atomically(path, NEW)
        assert path.read_bytes() == NEW

    @posix
    @pytest.mark.parametrize("wanted", [0o600, 0o644, 0o664, 0o755])
    def test_the_mode_stays(self, path, wanted):
        path.chmod(wanted)
        with umask(0o077):
            write_atomically(path, NEW)
        assert mode(path) == wanted

    @posix
    @pytest.mark.parametrize(("mask", "wanted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
    def test_a_new_file_gets_the_default_mode(self, tmp_path, mask, wanted):
        with umask(mask):
            write_atomically(tmp_path / "baru.yaml", NEW)
        assert mode(tmp_path / "baru.yaml") == wanted

    @posix
    def test_nobody_else_reads_the_temporary_file(self, path, monkeypatch):
        path.chmod(0o600)
        seen = []
        real = os.open
        monkeypatch.setattr(os, "open", lambda *args: (seen.append(args), real(*args))[1])
        with umask(0):
            write_atomically(path, NEW)
        assert seen[0][2] == 0o600

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away")
    def test_the_owner_stays(self, path):
        os.chown(path, 12345, 23456)
        write_atomically(path, NEW)
        assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)

    def test_a_name_as_long_as_may_be(self, tmp_path):
        write_atomically(tmp_path / ("n" * 250 + ".yaml"), NEW)
        assert (tmp_path / ("n" * 250 + ".yaml")).read_bytes() == NEW

    def test_temporary_names_are_not_predictable(self, path, monkeypatch):
        names = set()
        real = os.replace
        monkeypatch.setattr(os, "replace", lambda old, new: (names.add(str(old)), real(old, new))[1])
        for _ in range(5):
            write_atomically(path, NEW)
        assert len(names) == 5
        assert not any(name.endswith((".yaml", ".yml")) for name in names)

    def test_the_content_is_on_disk_before_it_takes_the_place(self, path, monkeypatch):
        order = []
        for name in ("write", "fsync", "close", "replace"):
            real = getattr(os, name)
            monkeypatch.setattr(
                os, name, lambda *args, name=name, real=real, **more: (order.append(name), real(*args, **more))[1]
            )
        write_atomically(path, NEW)
        assert order[:4] == ["write", "fsync", "close", "replace"]


@posix
class TestTargets:
    def test_a_link_stays_and_its_target_is_written(self, path):
        (path.parent / "jauh").mkdir()
        far = path.parent / "jauh" / "asli.yaml"
        path.rename(far)
        link, second = path.parent / "tautan.yaml", path.parent / "kedua.yaml"
        link.symlink_to("jauh/asli.yaml")
        second.symlink_to("tautan.yaml")
        write_atomically(second, NEW)
        assert (link.is_symlink(), second.is_symlink(), far.read_bytes()) == (True, True, NEW)
        assert list(far.parent.iterdir()) == [far]

    def test_a_link_to_nothing_creates_its_target(self, tmp_path):
        (tmp_path / "tautan.yaml").symlink_to("asli.yaml")
        write_atomically(tmp_path / "tautan.yaml", NEW)
        assert (tmp_path / "tautan.yaml").is_symlink()
        assert (tmp_path / "asli.yaml").read_bytes() == NEW

    def test_links_in_a_circle(self, tmp_path):
        (tmp_path / "a").symlink_to("b")
        (tmp_path / "b").symlink_to("a")
        with pytest.raises(OSError, match="symbolic links"):
            write_atomically(tmp_path / "a", NEW)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]

    def test_a_folder(self, tmp_path):
        (tmp_path / "f").mkdir()
        with pytest.raises(IsADirectoryError):
            write_atomically(tmp_path / "f", NEW)

    def test_a_pipe(self, tmp_path):
        os.mkfifo(tmp_path / "p")
        with pytest.raises(OSError, match="p") as caught:
            write_atomically(tmp_path / "p", NEW)
        assert caught.value.errno == errno.EINVAL
        assert stat.S_ISFIFO((tmp_path / "p").stat().st_mode)

    def test_a_device(self):
        with pytest.raises(OSError, match="null"):
            write_atomically(Path("/dev/null"), NEW)

    def test_a_missing_folder(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            write_atomically(tmp_path / "tidak" / "ada.yaml", NEW)

    def test_a_write_protected_file(self, path, monkeypatch):
        path.chmod(0o444)
        if os.geteuid() == 0:  # may write everything
            monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(PermissionError):
            write_atomically(path, NEW)
        assert path.read_bytes() == OLD

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
    def test_a_write_protected_folder(self, path):
        path.parent.chmod(0o555)
        try:
            with pytest.raises(PermissionError):
                write_atomically(path, NEW)
        finally:
            path.parent.chmod(0o755)
        assert path.read_bytes() == OLD


def calls(path):
    """Return the names of the system calls of one write, in order."""
    made = []
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            real = getattr(os, name)
            patch.setattr(
                os, name, lambda *args, name=name, real=real, **more: (made.append(name), real(*args, **more))[1]
            )
        write_if_unchanged(path, OLD, OLD)
    return made


def fail_at(patch, wanted, error, *, late):
    """Make the call of this number fail; closing a file always closes it, even where it then reports a fault."""
    count = iter(range(1000))
    for name in STEPS:
        real = getattr(os, name)

        def failing(*args, name=name, real=real, **more):
            if next(count) != wanted:
                return real(*args, **more)
            if late or name == "close":
                real(*args, **more)
            raise error

        patch.setattr(os, name, failing)


@posix
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken"), KeyboardInterrupt()])
@pytest.mark.parametrize("late", [False, True], ids=["instead", "after"])
def test_every_step_fails_in_turn(path, monkeypatch, error, late):
    """`late`: the call does its work and then fails, as a signal does that arrives then."""
    steps = calls(path)
    assert set(steps) == set(STEPS)
    outcomes = []
    for wanted, step in enumerate(steps):
        path.write_bytes(OLD)
        raised = False
        with monkeypatch.context() as patch:
            fail_at(patch, wanted, error, late=late)
            try:
                write_if_unchanged(path, NEW, OLD)
            except (OSError, KeyboardInterrupt):
                raised = True
        content = path.read_bytes()
        assert content in (OLD, NEW), step
        assert raised or content == NEW, step
        assert list(path.parent.iterdir()) == [path], step
        outcomes.append((step, content))
    assert (steps[0], OLD) in outcomes
    assert ("write", OLD) in outcomes


@posix
def test_a_full_disk_in_the_middle(path, monkeypatch):
    real = os.write

    def full(descriptor, data):
        if len(data) < len(NEW):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data[:50])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="space"):
        write_atomically(path, NEW)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


class TestUnchanged:
    def test_unchanged(self, path):
        write_if_unchanged(path, NEW, OLD)
        assert path.read_bytes() == NEW

    @pytest.mark.parametrize("now", [b"", OLD + b"#", OLD[:-1]])
    def test_changed(self, path, now):
        path.write_bytes(now)
        with pytest.raises(ChangedError) as caught:
            write_if_unchanged(path, NEW, OLD)
        assert "berubah sejak dibaca" in caught.value.text.id
        assert "changed since" in caught.value.text.en
        assert path.read_bytes() == now
        assert list(path.parent.iterdir()) == [path]

    def test_removed(self, path):
        path.unlink()
        with pytest.raises(ChangedError):
            write_if_unchanged(path, NEW, OLD)
        assert list(path.parent.iterdir()) == []

    def test_changed_while_the_temporary_file_is_written(self, path, monkeypatch):
        real = os.fsync
        monkeypatch.setattr(os, "fsync", lambda descriptor: (path.write_bytes(b"lain"), real(descriptor))[1])
        with pytest.raises(ChangedError):
            write_if_unchanged(path, NEW, OLD)
        assert path.read_bytes() == b"lain"

    @posix
    def test_several_processes_lose_nothing(self, tmp_path):
        path = tmp_path / "hitung"
        path.write_bytes(b"0")
        code = (
            "import sys, pathlib\n"
            "from alignment_cli.write import ChangedError, write_if_unchanged\n"
            "path, done = pathlib.Path(sys.argv[1]), 0\n"
            "while done < 40:\n"
            "    before = path.read_bytes()\n"
            "    try:\n"
            "        write_if_unchanged(path, str(int(before) + 1).encode(), before)\n"
            "    except ChangedError:\n"
            "        continue\n"
            "    done += 1\n"
        )
        running = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]
        assert [process.wait(60) for process in running] == [0, 0, 0]
        assert path.read_bytes() == b"120"
        assert list(tmp_path.iterdir()) == [path]


WRITER = """\
import sys, pathlib
from alignment_cli.write import write_atomically
path = pathlib.Path(sys.argv[1])
contents = [mark * 400_000 for mark in (b"a", b"b")]
print("mulai", flush=True)
while True:
    for content in contents:
        write_atomically(path, content)
"""


@posix
@pytest.mark.parametrize(("number", "times"), [(signal.SIGKILL, 30), (signal.SIGINT, 10)], ids=["SIGKILL", "SIGINT"])
def test_stopped_at_any_moment(tmp_path, number, times):
    path = tmp_path / "rencana.yaml"
    path.write_bytes(b"a" * 400_000)
    chance = random.Random(20261124)  # noqa: S311 - the same moments in every run, nothing secret
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with process:
            assert process.stdout.readline() == b"mulai\n"
            try:
                process.wait(chance.uniform(0.001, 0.03))
            except subprocess.TimeoutExpired:
                process.send_signal(number)
            process.wait(30)
        assert path.read_bytes() in (b"a" * 400_000, b"b" * 400_000)
        left = [file for file in tmp_path.iterdir() if file != path]
        if number == signal.SIGINT:
            assert left == []
        else:  # SIGKILL leaves no time to tidy up
            assert len(left) <= 1
            assert all(file.suffix == ".tmp" for file in left)
        for file in left:
            file.unlink()
