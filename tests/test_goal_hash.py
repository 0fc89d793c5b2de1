"""The mark by which a decision knows its goal again."""

import copy
import re

import pytest

from alignment_cli import load, run, source
from alignment_cli.priorities import goal_hash

FILE = """\
versi: 1
daerah: {{nama: Kabupaten Contoh, tingkat: kabupaten}}
dokumen: RKPD
tahun: 2026
program:
  - nama: Rehabilitasi Jaringan Irigasi Sawah
    keselarasan:
      - {{tujuan: {goal}, status: disetujui, alasan: pangan, oleh: Bappeda, goal_hash: "{mark}"}}
"""


@pytest.fixture
def priorities(reference):
    return copy.deepcopy(reference.priorities)


def codes(text, reference):
    loaded = load.parse(source.Document("berkas.yaml", text))
    return [finding.rule.code for finding in run.check_file(loaded, reference).findings]


def test_every_goal_has_its_own(reference):
    marks = [goal_hash(reference.priorities, goal.kode) for goal in reference.priorities.tujuan]
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch(r"[0-9a-f]{12}", mark) for mark in marks)


@pytest.mark.parametrize("written", ["AC4", "ac 4", "4", "PN4", "Asta Cita 4", "04.11.02"])
def test_however_the_goal_is_written(reference, written):
    assert goal_hash(reference.priorities, written) == goal_hash(reference.priorities, "AC4")


@pytest.mark.parametrize("written", ["AC9", "", "99.01"])
def test_a_goal_that_is_not_known(reference, written):
    with pytest.raises(KeyError):
        goal_hash(reference.priorities, written)


def test_spacing_case_order_vocabulary_and_sources_do_not_count(reference, priorities):
    goal = priorities.goal("AC2")
    goal.nama = f"  {goal.nama.upper()}"
    goal.rumusan.reverse()
    goal.program_prioritas.reverse()
    goal.program_prioritas[0].kegiatan_prioritas.reverse()
    goal.program_prioritas[0].sumber = "lain"
    goal.kosakata.clear()
    assert goal_hash(priorities, "AC2") == goal_hash(reference.priorities, "AC2")


def test_whatever_makes_the_meaning_counts(reference):
    def changed(change):
        other = copy.deepcopy(reference.priorities)
        change(other.goal("AC2"))
        return goal_hash(other, "AC2")

    marks = [
        goal_hash(reference.priorities, "AC2"),
        changed(lambda goal: setattr(goal, "nama", "Pangan")),
        changed(lambda goal: setattr(goal.rumusan[0], "teks", "Pangan")),
        changed(lambda goal: goal.rumusan.pop()),
        changed(lambda goal: setattr(goal.program_prioritas[0], "nama", "Pangan")),
        changed(lambda goal: setattr(goal.program_prioritas[0], "kode", "02.99")),
        changed(lambda goal: setattr(goal.program_prioritas[0].kegiatan_prioritas[0], "nama", "Pangan")),
        changed(lambda goal: goal.program_prioritas[0].kegiatan_prioritas.pop()),
    ]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("goal", ["AC2", "2", '"02.12.01"'])
def test_a_decision_of_today_is_not_outdated(reference, goal):
    mark = goal_hash(reference.priorities, "AC2")
    assert "AL507" not in codes(FILE.format(goal=goal, mark=mark), reference)
    assert "AL507" not in codes(FILE.format(goal=goal, mark=f" {mark.upper()}"), reference)
    assert "AL507" in codes(FILE.format(goal=goal, mark=mark[::-1]), reference)
