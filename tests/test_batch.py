"""Many files: groups, processes, streams, and what is kept for the next run; held against checking all in one go."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alignment_cli import batch, cache, outcome, verdicts
from alignment_cli.groups import groups_of
from alignment_cli.policy import Policy
from alignment_cli.region import regions
from alignment_cli.render import FORMATS, View, format_of, render
from alignment_cli.run import run
from alignment_cli.tally import Tally

ALIGN = [sys.executable, "-m", "alignment_cli"]
DATA = Path(__file__).parent.parent / "data" / "programs"


def plan(region="Kabupaten Uji", year=2027, document="RKPD", kode="", extra=""):
    code = f"kode: '{kode}', " if kode else ""
    return (
        f"versi: 1\ndaerah: {{{code}nama: {region}, tingkat: kabupaten}}\ndokumen: {document}\ntahun: {year}\n{extra}"
        "program:\n  - {kode: '1.03.10', nama: Program Penyelenggaraan Jalan, pagu: 900_000_000}\n"
        "  - {kode: '9.99.99', nama: Jambore tahunan}\n"
    )


PLANS = {
    "a.yaml": plan(),
    "b.yaml": plan("Kab. Uji"),
    "c.yaml": plan("Kabupaten Lain"),
    "d.yaml": plan(year=2026),
    "e.yaml": plan(document="Renja"),
    "f.yaml": plan("Kabupaten Baru", kode="13.11"),
    "g.yaml": plan("Kabupaten Ketiga", kode="13.11 "),
    "h.yaml": plan(year="dua ribu"),
    "i.yaml": "tahun: [\n",
    "j.yaml": "",
    "m.yaml": plan(extra="<<: {x: 1}\n"),
    "n.yaml": plan().replace("tingkat", "warna: biru, tingkat"),
    "o.yaml": plan(extra="misi: &x [*x]\n"),
    "k.yaml": plan(extra="# tanda\u2028baris\n"),
    "l.yaml": "program: []\n" + plan().replace("program:\n", "misi: []\n").split("  - ")[0],
}


@pytest.fixture
def files(tmp_path):
    for name, text in PLANS.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [(tmp_path / name, name) for name in PLANS]


def test_groups_are_the_regions_of_the_check(files, reference):
    """Reading heads only leads to the same regions as the check itself; a file that counts nowhere is alone."""
    result = run(files, reference)
    checked = {frozenset(file.loaded.path for file in region.files) for region in regions(result.files)}
    grouped = [frozenset(shown for _, shown in group.files) for group in groups_of(files)]
    assert {names for names in grouped if len(names) > 1} == {names for names in checked if len(names) > 1}
    assert checked <= set(grouped)
    assert {"a.yaml", "b.yaml", "m.yaml", "k.yaml", "l.yaml"} in grouped
    assert sorted(number for group in groups_of(files) for number in group.numbers) == list(range(len(files)))


def order(*formats, **policy):
    return outcome.Order(None, None, Policy(today="2026-11-29", **policy), tuple((name, View()) for name in formats))


def outputs(made, formats):
    taken = list(made.checked())
    return {
        name: "".join(format_of(name).whole((one.parts[n] for one in taken), made.summary, View()))
        for n, name in enumerate(formats)
    }


@pytest.mark.parametrize("jobs", [1, 2])
def test_batches_say_what_one_run_says(files, reference, jobs):
    gates = {"": 0.5, "AC4": 0.9}
    whole = run(files, reference, Policy(today="2026-11-29", gates=gates))
    made = outputs(batch.Batch(files, reference, order(*FORMATS, gates=gates), jobs), FORMATS)
    for name in FORMATS:
        assert made[name] == render(name, whole, View()), name


def test_sums_survive_being_kept(files, reference):
    result = run(files, reference)
    for file in result.files:
        tally = Tally.of(file, [goal.kode for goal in reference.priorities.tujuan])
        assert Tally.from_data(json.loads(json.dumps(tally.as_data()))) == tally


@pytest.fixture
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "simpanan"
    monkeypatch.setenv("ALIGN_CACHE_DIR", str(folder))
    return folder


def entries(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "pruned")


def test_an_outcome_is_kept_and_read_again(files, reference, kept, monkeypatch):
    first = outputs(batch.Batch(files, reference, order("csv", "json"), 1, keep=True), ("csv", "json"))
    assert len(entries(kept)) == len(groups_of(files))
    monkeypatch.setattr(verdicts, "outcome_of", None)  # nothing may be checked again
    assert outputs(batch.Batch(files, reference, order("csv", "json"), 1, keep=True), ("csv", "json")) == first


@pytest.mark.usefixtures("kept")
def test_only_what_changed_is_checked_again(files, reference, monkeypatch):
    outputs(batch.Batch(files, reference, order("csv"), 1, keep=True), ("csv",))
    files[2][0].write_text(plan("Kabupaten Lain").replace("Jambore", "Lomba"), "utf-8")
    again = []
    check = verdicts.outcome_of
    monkeypatch.setattr(verdicts, "outcome_of", lambda group, *rest: again.append(group) or check(group, *rest))
    made = outputs(batch.Batch(files, reference, order("csv"), 1, keep=True), ("csv",))["csv"]
    assert [[shown for _, shown in group.files] for group in again] == [["c.yaml"]]
    assert made == render("csv", run(files, reference), View())


@pytest.mark.parametrize(
    "other",
    [order("csv", codes=frozenset({"AL203"})), order("json"), order("csv", gates={"": 0.5}), order("csv", config="x")],
)
def test_another_order_is_another_entry(files, reference, kept, other):
    outputs(batch.Batch(files[:3], reference, order("csv"), 1, keep=True), ("csv",))
    before = len(entries(kept))
    outputs(batch.Batch(files[:3], reference, other, 1, keep=True), ("csv",))
    assert len(entries(kept)) == 2 * before


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-3]),
        lambda path: path.write_bytes(path.read_bytes()[:60] + b"x" + path.read_bytes()[61:]),
        lambda path: path.write_bytes(b"\xff" * 80),
        lambda path: cache.put(path.parent.name + path.name, {"files": [], "gates": 3}),
        lambda path: cache.put(path.parent.name + path.name, [1]),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_damage_heals(files, reference, kept, damage):
    first = outputs(batch.Batch(files, reference, order("csv"), 1, keep=True), ("csv",))
    for path in entries(kept):
        damage(path)
    assert outputs(batch.Batch(files, reference, order("csv"), 1, keep=True), ("csv",)) == first


def test_without_a_place_nothing_is_kept(files, reference, kept):
    kept.write_text("a file where the folder should be")
    made = outputs(batch.Batch(files, reference, order("csv"), 1, keep=True), ("csv",))
    assert made["csv"] == render("csv", run(files, reference), View())


def test_old_entries_go(kept):
    cache.put("a" * 40, 1)
    cache.put("b" * 40, 2)
    old = time.time() - (cache.MOST_DAYS + 1) * 86_400
    os.utime(entries(kept)[0], (old, old))
    cache.prune()
    assert (cache.get("a" * 40), cache.get("b" * 40)) == (None, 2)


def test_the_folder_is_bounded(kept, monkeypatch):
    for n in range(8):
        cache.put(f"{n}" * 40, os.urandom(5_000).hex())
        os.utime(entries(kept)[-1], (time.time() - 60 + n,) * 2)
    monkeypatch.setattr(cache, "MOST_BYTES", 25_000)
    cache.prune()
    left = [n for n in range(8) if cache.get(f"{n}" * 40)]
    assert left == list(range(8 - len(left), 8))
    assert 2 <= len(left) <= 5


# Whole runs, as a user starts them


@pytest.fixture
def align(tmp_path, kept):
    home = tmp_path / "rencana"
    home.mkdir()
    (home / "a.yaml").write_text(plan(), "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ALIGN_")}
    environment |= {"ALIGN_CACHE_DIR": str(kept), "ALIGN_TODAY": "2026-11-29"}

    def call(*words, stdin="", **more):
        done = subprocess.run(
            [*ALIGN, "check", *words], cwd=home, env=environment | more, capture_output=True, input=stdin,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    call.home = home
    return call


def marks(folder):
    """Rewrite all kept runs so that they tell themselves from real ones."""
    for path in entries(folder):
        key = path.parent.name + path.name
        content = cache.get(key)
        if isinstance(content, dict) and "spoken" in content:
            content["spoken"] = [[1, "SIMPANAN\n"]]
            cache.put(key, content)


def test_the_same_run_is_repeated(align, kept):
    first = align(".")
    assert first == align(".")
    assert first == align(".", "--no-cache")
    marks(kept)
    assert align(".") == (first[0], "SIMPANAN\n", "")
    assert align(".", "--no-cache") == first


CHANGES = {
    "content": lambda home: (home / "a.yaml").write_text(plan() + "\n", "utf-8"),
    "another file": lambda home: (home / "b.yaml").write_text(plan(), "utf-8"),
    "a file below": lambda home: ((home / "x").mkdir(), (home / "x" / "b.yml").write_text(plan(), "utf-8")),
    "a name": lambda home: (home / "a.yaml").rename(home / "b.yaml"),
    "settings": lambda home: (home / "align.toml").write_text('ignore = ["AL203"]\n'),
    "settings above": lambda home: (
        (home / ".git").mkdir(), (home.parent / ".git").mkdir(exist_ok=True), (home / ".git").rmdir(),
        (home.parent / "align.toml").write_text('ignore = ["AL203"]\n'),
    ),
    "a project": lambda home: (home / "pyproject.toml").write_text('[tool.align]\nignore = ["AL203"]\n'),
    "a baseline": lambda home: (home / "align-baseline.yaml").write_text("version: 1\nentries: []\n"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_run_depends_on_makes_it_another(align, kept, change):
    align(".")
    marks(kept)
    change(align.home)
    assert "SIMPANAN" not in align(".")[1]


@pytest.mark.parametrize(
    ("words", "more"),
    [(["--lang", "en"], {}), (["-f", "csv"], {}), ([], {"ALIGN_LANG": "en"}), ([], {"COLUMNS": "93"}),
     ([], {"ALIGN_TODAY": "2026-11-30"}), (["a.yaml"], {})],
)  # fmt: skip
def test_another_command_line_or_environment_is_another_run(align, kept, words, more):
    align(".")
    marks(kept)
    assert "SIMPANAN" not in align(*(words if words == ["a.yaml"] else [".", *words]), **more)[1]


def test_what_is_never_repeated(align, kept, tmp_path):
    output = f"csv:{tmp_path / 'x.csv'}"
    for words, stdin in ((["-"], plan()), (["-", "--lang", "en"], plan()), ([".", "-o", output], ""),
                         (["nowhere.yaml"], ""), ([".", "--select", "XX"], "")):  # fmt: skip
        align(*words, stdin=stdin)
        align(*words, stdin=stdin)
    assert entries(kept) == []
    (align.home / "align.toml").write_text("cache = false\n")
    align(".")
    assert entries(kept) == []


def test_runs_at_the_same_time(align, kept):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: align("."), range(8)))
    assert len(set(done)) == 1
    assert list(kept.rglob("*.tmp")) == []


STARTED = "import sys; from alignment_cli.__main__ import main; print('mulai', file=sys.stderr, flush=True); main()"
"""Python itself starts without a say of `align` in what an interruption prints."""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("after", [0.05, 0.3, 0.5, 0.8, 1.4])
def test_interrupting_several_processes(tmp_path, after):
    for n in range(24):
        (tmp_path / f"{n}.yaml").write_text(plan(f"Kabupaten {n}"), "utf-8")
    words = [sys.executable, "-c", STARTED, "check", str(tmp_path), "--jobs", "2", "--no-cache"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stderr.readline() == b"mulai\n"
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes
        stderr = process.communicate(timeout=20)[1].decode()
    assert "Traceback" not in stderr
    assert process.returncode in (0, 1, 130)
