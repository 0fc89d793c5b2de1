"""Targets held against national figures that the shipped priorities do not have (AL406)."""

from copy import copy

import pytest

from alignment_cli.context import Context, items_of
from alignment_cli.load import load
from alignment_cli.priorities import IndikatorMakro
from alignment_cli.rules import target

PLAN = """\
versi: 1
daerah: {{nama: Kabupaten Contoh, tingkat: kabupaten}}
dokumen: RKPD
tahun: {year}
program:
  - nama: Penyediaan air minum
    indikator: [{{nama: Akses air minum, satuan: persen, target: {value}}}]
"""


def weaker(reference, value, year=2026, **national):
    """Tell whether the target is found weaker than a national indicator with these figures."""
    priorities = copy(reference.priorities)
    made = IndikatorMakro(nama="Akses Air Minum", satuan="Persen", kelompok="Sasaran 1", sumber="uji", **national)
    priorities.indikator_makro = [made]
    loaded = load(PLAN.format(year=year, value=value).encode(), "berkas.yaml")
    context = Context(loaded, loaded.file, items_of(loaded.file), priorities, reference.matcher)
    return [finding.rule.code for finding in target.check(context)] == ["AL406"]


@pytest.mark.parametrize(
    ("national", "value", "told"),
    [
        ({"awal": "80", "target_2025": "85", "target_2029": "95"}, 84, True),
        ({"awal": "80", "target_2025": "85", "target_2029": "95"}, 85, False),
        ({"target_2025": "85", "target_2029": "95"}, 84, True),
        ({"target_2025": "20", "target_2029": "10"}, 21, True),
        ({"target_2025": "20", "target_2029": "10"}, 20, False),
        # The direction is that from the start to the end, whatever the year between does.
        ({"awal": "80", "target_2025": "70", "target_2029": "90"}, 69, True),
        ({"awal": "80", "target_2025": "70", "target_2029": "90"}, 71, False),
        ({"awal": "80", "target_2025": "95", "target_2029": "90"}, 94, True),
        ({"awal": "80", "target_2025": "95", "target_2029": "90"}, 96, False),
    ],
)
def test_the_way_shows_from_the_start_or_else_from_2025(reference, national, value, told):
    assert weaker(reference, value, **national) is told


@pytest.mark.parametrize("value", [10, 50, 90])
@pytest.mark.parametrize(
    "national",
    [
        {"awal": "50", "target_2025": "50", "target_2029": "50"},
        {"awal": "40-60", "target_2025": "45-55", "target_2029": "50"},
        {"awal": "50", "target_2025": "50"},
        {"awal": "50", "target_2025": "60", "target_2029": "naik"},
        {"awal": "50", "target_2025": "menurun", "target_2029": "10"},
        {"awal": "50", "target_2025": "60-naik", "target_2029": "70"},
        {"awal": "50", "target_2029": "70"},
        {"target_2029": "70"},
    ],
    ids=str,
)
def test_without_a_way_or_a_figure_that_is_due_nothing_is_weaker(reference, national, value):
    assert not weaker(reference, value, **national)


def test_without_an_earlier_figure_only_zero_shows_the_way(reference):
    assert weaker(reference, 5, 2029, target_2029="0")
    assert not weaker(reference, 0, 2029, target_2029="0")
    assert not weaker(reference, 5, 2029, target_2029="70")
    assert not weaker(reference, 90, 2029, target_2029="70")


def test_a_national_target_may_be_due_earlier(reference):
    figures = {"awal": "5", "target_2025": "3", "target_2029": "0 (mulai 2027)"}
    assert not weaker(reference, 2, 2026, **figures)
    assert weaker(reference, 2, 2027, **figures)
