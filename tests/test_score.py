"""The index: bounds, what weighs, and what is left out."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment_cli.match.verdict import Status
from alignment_cli.score import KNOWN, OPEN, of_goal, score


def item(status, pagu=None, goal=None):
    return SimpleNamespace(verdict=SimpleNamespace(status=status, goal=goal), item=SimpleNamespace(pagu=pagu))


def leaves(*pairs):
    return [item(status, pagu) for status, pagu in pairs]


def test_money_weighs_where_it_is_known():
    found = score(leaves((Status.SELARAS, 60), (Status.PERLU_TINJAU, 30), (Status.TIDAK_DIDUKUNG, 10)))
    assert found == ("pagu", 60, 30, 100, 3, 0)
    assert (found.value, found.upper) == (0.6, 0.9)


def test_support_counts_for_nothing():
    found = score(leaves((Status.SELARAS, 10), (Status.PENUNJANG, 90), (Status.PENUNJANG, None)))
    assert (found.value, found.total, found.items, found.unknown) == (1.0, 10, 1, 0)
    assert score(leaves((Status.PENUNJANG, 90))) is None
    assert score([]) is None


def test_too_little_text_is_open_and_no_evidence_is_not():
    found = score(leaves((Status.TEKS_KURANG, 1), (Status.TANPA_BUKTI, 1)))
    assert (found.aligned, found.open, found.value, found.upper) == (0, 1, 0.0, 0.5)


@pytest.mark.parametrize(("known", "weight"), [(8, "butir"), (9, "pagu"), (10, "pagu")])
def test_items_weigh_where_money_is_known_for_less_than_nine_in_ten(known, weight):
    assert KNOWN == 0.9
    found = score(leaves(*[(Status.SELARAS, 5)] * known, *[(Status.PERLU_TINJAU, None)] * (10 - known)))
    assert found.weight == weight
    assert found.unknown == 10 - known
    assert found.total == (10 if weight == "butir" else 5 * known)


def test_items_weigh_where_all_money_is_zero():
    assert score(leaves((Status.SELARAS, 0), (Status.TANPA_BUKTI, 0))) == ("butir", 1, 0, 2, 2, 0)


def test_of_goal_takes_what_is_held_to_it():
    files = [
        SimpleNamespace(leaves=[item(Status.SELARAS, 3, "AC4"), item(Status.SELARAS, 9, "AC2")]),
        SimpleNamespace(leaves=[item(Status.TIDAK_DIDUKUNG, 1, "AC4")]),
    ]
    assert of_goal(files, "AC4").value == 0.75
    assert of_goal(files, "AC8") is None


@given(st.lists(st.tuples(st.sampled_from(list(Status)), st.none() | st.integers(0, 10**13))))
def test_bounds_and_parts(pairs):
    found = score(leaves(*pairs))
    base = [(status, pagu) for status, pagu in pairs if status is not Status.PENUNJANG]
    if found is None:
        assert not base
        return
    assert 0 <= found.value <= found.upper <= 1
    assert (found.items, found.unknown) == (len(base), sum(pagu is None for _, pagu in base))
    weights = [(status, (pagu or 0) if found.weight == "pagu" else 1) for status, pagu in base]
    assert found.aligned == sum(weight for status, weight in weights if status is Status.SELARAS)
    assert found.open == sum(weight for status, weight in weights if status in OPEN)
    assert found.total == sum(weight for _, weight in weights)
