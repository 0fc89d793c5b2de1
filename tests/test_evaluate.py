"""Measuring: hit rates that are right on rows counted by hand, and `align eval` with good and bad files."""

from __future__ import annotations

import contextlib
import json
import math
import random

import pytest
from typer.testing import CliRunner

from alignment_cli.cli import app
from alignment_cli.evaluate.baselines import baselines
from alignment_cli.evaluate.calibrate import cross_validated, error, fit, group
from alignment_cli.evaluate.gold import Gold, GoldError, read_gold
from alignment_cli.evaluate.measure import Prediction, measure
from alignment_cli.match.calibration import Curve

LABELLED = """\
id,level,kode,bidang,nama,konteks,asta_cita,juga
1,program,1.02.02,1.02,Program Pemenuhan Upaya Kesehatan,,4,
2,program,1.03.10,1.03,Program Penyelenggaraan Jalan,,3,6
3,program,X.XX.01,X.XX,Program Penunjang Urusan Pemerintahan Daerah,,0,
4,sub_kegiatan,,,Rehabilitasi jaringan irigasi,program: Pengelolaan SDA | indikator: Panjang saluran,AC2,
5,sub_kegiatan,,,Pencegahan penyalahgunaan narkoba,uraian: penyuluhan di sekolah,7,4|2
6,sub_kegiatan,,,Simsalabim,,0,
"""


def row(goal, further=(), **more):
    fields = {"id": "1", "level": "", "kode": "", "bidang": "", "nama": "x", "konteks": ""} | more
    return Gold(**fields, goal=goal, further=further)


def align(*args):
    done = CliRunner().invoke(app(), ["eval", *map(str, args)])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "berlabel.csv"
    path.write_text(LABELLED, encoding="utf-8")
    return path


# Reading


def test_labelled_rows_are_read(labelled):
    rows = read_gold(labelled)
    assert [r.goal for r in rows] == ["4", "3", "0", "2", "7", "0"]
    assert [r.further for r in rows] == [(), ("6",), (), (), ("4", "2"), ()]


def test_what_the_matcher_is_shown(labelled):
    rows = read_gold(labelled)
    assert rows[0].query("kode").kode == "1.02.02"
    assert rows[0].query("konteks").kode is None
    assert rows[3].query("konteks").context == ("Pengelolaan SDA",)
    assert rows[3].query("konteks").indikator == ("Panjang saluran",)
    assert rows[4].query("konteks").uraian == "penyuluhan di sekolah"
    assert rows[4].query("nama") == rows[4].query("nama").__class__("Pencegahan penyalahgunaan narkoba")


def test_bom_and_bare_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffasta_cita,nama\nAC 4,Panen\n".encode())
    assert [(r.nama, r.goal, r.id) for r in read_gold(path)] == [("Panen", "4", "2")]


BAD = {
    "no column": ("nama\nPadi\n", "a.csv:1:", "asta_cita"),
    "nothing": ("", "a.csv:1:", "nama, asta_cita"),
    "no rows": ("nama,asta_cita\n", "a.csv", "baris"),
    "goal out of range": ("nama,asta_cita\nPadi,2\nJalan,9\n", "a.csv:3:", '"9"'),
    "goal is a word": ("nama,asta_cita\nPadi,dua\n", "a.csv:2:", '"dua"'),
    "empty name": ("nama,asta_cita\n  ,2\n", "a.csv:2:", "nama kosong"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_file_stops_with_its_line(kind, tmp_path, monkeypatch):
    text, *fragments = BAD[kind]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    done = align("a.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    for fragment in fragments:
        assert fragment in done.stderr


def test_missing_and_unreadable_files(tmp_path):
    for path in (tmp_path / "tidak-ada.csv", tmp_path):
        done = align(path)
        assert (done.exit_code, done.stdout) == (2, "")
        assert path.name in done.stderr


def test_not_utf8(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"nama,asta_cita\n\xff\xfe,2\n")
    with pytest.raises(GoldError):
        read_gold(tmp_path / "a.csv")


def test_short_row(tmp_path):
    (tmp_path / "a.csv").write_text("nama,asta_cita\nPadi\n", encoding="utf-8")
    with pytest.raises(GoldError, match=":2:"):
        read_gold(tmp_path / "a.csv")


def test_huge_cell(tmp_path):
    (tmp_path / "a.csv").write_text(f"nama,asta_cita\n{'x' * 200_000},2\n", encoding="utf-8")
    with contextlib.suppress(GoldError):
        assert len(read_gold(tmp_path / "a.csv")) == 1


def test_line_after_a_cell_of_two_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('nama,asta_cita\n"dua\nbaris",2\nJalan,9\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r":4:"):
        read_gold(path)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"kurva": {}}'], ids=["missing", "broken", "list", "shape"])
def test_bad_calibration(labelled, tmp_path, content):
    path = tmp_path / "kalibrasi.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = align(labelled, "--calibration", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "kalibrasi.json" in done.stderr


# Formats


def test_text(labelled):
    done = align(labelled)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].split()[:3] == ["cara", "diberi", "jenjang"]
    assert sum(line.startswith("align ") for line in lines) >= 5
    assert any(line.startswith("majority ") for line in lines)


def test_english(labelled):
    assert align(labelled, "--lang", "en").stdout.split()[:3] == ["method", "given", "level"]


def test_markdown(labelled):
    lines = align(labelled, "--format", "md").stdout.splitlines()
    head = lines[0].count("|")
    assert re_table(lines)
    assert head == 14


def re_table(lines):
    """Tell whether every run of table lines has one width and a ruler in its second line."""
    tables, current = [], []
    for line in [*lines, ""]:
        if line.startswith("|"):
            current.append(line)
        elif current:
            tables.append(current)
            current = []
    return bool(tables) and all(len({line.count("|") for line in t}) == 1 and set(t[1]) <= set("|- ") for t in tables)


def test_json(labelled):
    data = json.loads(align(labelled, "--format", "json").stdout)
    methods = {(part["method"], part["given"], part["level"]): part["measures"] for part in data["measures"]}
    assert methods["align", "kode", "*"]["rows"] == 3
    assert methods["align", "konteks", "*"]["rows"] == 2
    assert methods["align", "nama", "*"]["rows"] == 6
    assert methods["align", "nama", "sub_kegiatan"]["rows"] == 3
    assert methods["align", "kode", "*"]["top1"] == 1.0
    assert methods["align", "nama", "*"]["top1"] >= 0.8
    assert methods["majority", "nama", "*"]["top1"] == pytest.approx(1 / 3, abs=1e-3)
    assert {"rapidfuzz_missions", "rapidfuzz_vocabulary", "tfidf_missions"} <= {key[0] for key in methods}


def test_eval_gives_the_same_bytes_twice(labelled):
    for format_ in ("text", "json", "md"):
        assert align(labelled, "-f", format_).stdout == align(labelled, "-f", format_).stdout


def test_calibrate_makes_a_calibration_that_works(labelled, tmp_path, reference):
    made = align(labelled, "--calibrate")
    data = json.loads(made.stdout)
    assert data["kurva"].keys() == reference.calibration.curves.keys()
    assert all(curve["b"] >= 0 for curve in data["kurva"].values())
    path = tmp_path / "baru.json"
    path.write_text(made.stdout, encoding="utf-8")
    assert align(labelled, "--calibration", path).exit_code == 0


# Figures on rows counted by hand


def test_measures():
    predictions = [
        Prediction(row("4"), "4", 0.9, answered=True, named=("4",)),
        Prediction(row("4"), "2", 0.8, answered=True, named=("2", "4")),
        Prediction(row("2", ("3",)), "3", 0.6, answered=False, named=("3",)),
        Prediction(row("0"), "0", 0.0, answered=False, named=("0",)),
        Prediction(row("0"), "4", 0.9, answered=True, named=("4",)),
    ]
    figures = measure(predictions)
    assert figures.rows == 5
    assert figures.top1 == pytest.approx(2 / 5)
    assert figures.lenient == pytest.approx(3 / 5)
    assert figures.answered == pytest.approx(2 / 3)
    assert figures.precision_answered == pytest.approx(1 / 3)
    assert figures.false_aligned == pytest.approx(1 / 2)
    assert figures.goals_per_item == pytest.approx(6 / 5)
    scores = {score.label: score for score in figures.scores}
    assert (scores["4"].precision, scores["4"].recall, scores["4"].rows) == (1 / 2, 1 / 2, 2)
    assert (scores["0"].precision, scores["0"].recall, scores["0"].f1) == (1.0, 0.5, pytest.approx(2 / 3))
    assert scores["2"].f1 == scores["3"].f1 == 0
    assert figures.macro_f1 == pytest.approx((1 / 2 + 0 + 2 / 3) / 3)
    # bands: 0.6 alone (wrong), 0.8 alone (wrong), two of 0.9 (one right)
    assert figures.ece == pytest.approx((0.6 + 0.8 + 2 * 0.4) / 4)
    assert [part[2] for part in figures.bands] == [1, 1, 2]
    assert figures.curve[-1][:2] == (1.0, pytest.approx(2 / 5))


def test_baselines(reference):
    methods = baselines([row("4"), row("4"), row("2")], reference)
    assert methods["majority"]("apa saja") == "4"
    assert methods["tfidf_missions"]("zzz qqq") == "0"
    mission = next(goal for goal in reference.priorities.tujuan if goal.nomor == 5).rumusan[0].teks
    assert methods["tfidf_missions"](mission) == "5"
    assert methods["rapidfuzz_missions"](mission) == "5"


def draw(curve, count, seed):
    drawn = random.Random(seed)  # noqa: S311 - a fixed draw, nothing secret
    points = [drawn.uniform(-3, 6) for _ in range(count)]
    return [(x, drawn.random() < curve.at(x)) for x in points]


def test_fit_finds_the_curve_that_made_the_points():
    made = Curve(-0.5, 1.2)
    found = fit(draw(made, 20_000, 1))
    assert found.a == pytest.approx(made.a, abs=0.1)
    assert found.b == pytest.approx(made.b, abs=0.1)


@pytest.mark.parametrize("points", [[(2.0, True)] * 50, [(2.0, False)] * 50, [(-5.0, True), (5.0, False)] * 50, []])
def test_fit_is_tame(points):
    curve = fit(points)
    assert curve.b >= 0
    assert math.isfinite(curve.a)
    assert 0 < curve.at(-100) <= curve.at(0) <= curve.at(100) < 1


def test_cross_validation_judges_a_group_by_others_only():
    right = [(f"a{i}", (1.0, True)) for i in range(4)]
    judged = cross_validated([*right, *[("wrong", (1.0, False))] * 200])
    assert len(judged) == 204
    alone = [p for p, hit in judged if not hit]
    assert min(alone) > 0.6  # curves fitted without the wrong group know nothing of it


def test_error_is_nought_for_perfect_confidence():
    assert error([(1.0, True), (0.0, False)]) == 0
    assert error([(1.0, False)]) == 1
    assert error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert error([]) == 0


def test_rows_without_bidang_are_grouped_by_name_alone():
    assert group(row("1", nama="a")) == group(row("2", nama="a", level="program"))
    assert group(row("1", bidang="1.02")) == "1.02"


def test_pooled_f1_counts_goals_together():
    """Two of three goals right, one item without goal called none: 2 hits, 3 said, 3 true."""
    predictions = [
        Prediction(row(goal), said, 0.9, answered=True, named=(said,))
        for goal, said in (("4", "4"), ("2", "2"), ("6", "3"), ("0", "0"))
    ]
    assert measure(predictions).pooled_f1 == pytest.approx(2 / 3)
