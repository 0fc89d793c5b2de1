"""What is worked out when the index is compiled must be what is worked out anew, to the last digit."""

from __future__ import annotations

import random

import pytest

from alignment_cli.context import Declared
from alignment_cli.match import Query
from alignment_cli.match.calibration import Curve
from alignment_cli.match.judge import Judge
from alignment_cli.match.prepared import Prepared, key_of, official
from alignment_cli.reference import Reference

SAMPLE = 400


@pytest.fixture(scope="module")
def anew(reference):
    """A judge that works out everything."""
    return Judge(reference.matcher, reference.calibration)


@pytest.fixture(scope="module")
def prepared(reference):
    return Prepared(reference.index, reference.matcher)


@pytest.fixture(scope="module")
def queries(reference):
    """A fixed draw of official items."""
    columns = ("kode", "jenjang", "nama", "indikator", "nama_lain")
    rows = reference.index.all(f"SELECT {', '.join(columns)} FROM nomenklatur ORDER BY kode")  # noqa: S608
    every = list(official(dict(zip(columns, row, strict=True)) for row in rows))
    assert len(every) > 30_000
    return random.Random(20261201).sample(every, SAMPLE)  # noqa: S311 - a fixed draw, nothing secret


def kept(prepared, reference, query):
    query = reference.matcher.canonical(query)
    return prepared.get(query, reference.matcher.rank(query))


def test_official_items_are_answered_as_if_worked_out_anew(reference, anew, prepared, queries):
    found = [(query, kept(prepared, reference, query)) for query in queries]
    assert sum(verdict is not None for _, verdict in found) > SAMPLE * 0.9
    assert [query for query, verdict in found if verdict is not None and verdict != anew(query)] == []
    assert [query for query, _ in found if reference.judge(query) != anew(query)] == []


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_case_changes_no_answer(reference, anew, prepared, queries, change):
    written = [
        query._replace(nama=change(query.nama), context=tuple(map(change, query.context))) for query in queries[:100]
    ]
    assert sum(kept(prepared, reference, query) is not None for query in written) > 90
    assert [query for query in written if reference.judge(query) != anew(query)] == []


def _slipped(text, drawn):
    at = drawn.randrange(len(text) - 1)
    slips = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        f"{text[:at]}q{text[at:]}",
    )
    return drawn.choice([slip for slip in slips if slip != text])


@pytest.mark.parametrize("field", ["nama", "indikator", "context", "uraian", "kode"])
def test_what_differs_from_the_official_item_is_worked_out(reference, anew, prepared, queries, field):
    drawn = random.Random(field)  # noqa: S311 - a fixed draw, nothing secret
    changed = []
    for query in queries[:120]:
        value = getattr(query, field)
        if field == "kode":
            changed.append(query._replace(kode=drawn.choice(queries).kode))
        elif field == "uraian":
            changed.append(query._replace(uraian=query.nama))
        elif isinstance(value, tuple):
            changed += [query._replace(**{field: (_slipped(value[0], drawn), *value[1:])})] if value else []
        else:
            changed.append(query._replace(nama=_slipped(value, drawn)))
    assert len(changed) > 30
    other = [query for query in changed if query not in queries]
    assert sum(kept(prepared, reference, query) is not None for query in other) <= len(other) / 20
    assert [query for query in changed if reference.judge(query) != anew(query)] == []


@pytest.mark.parametrize("status", ["dinyatakan", "disetujui", "ditolak"])
def test_declarations_are_held_against_prepared_answers(reference, anew, queries, status):
    differing = []
    for n, query in enumerate(queries[:160]):
        declared = (Declared(f"AC{n % 8 + 1}", ("program", 0), status=status),)
        differing += [query] if reference.judge(query, declared) != anew(query, declared) else []
    assert differing == []


def test_another_calibration_is_answered_anew(reference, queries):
    data = Reference(reference.index, reference.priorities)
    data.calibration = reference.calibration._replace(
        curves={basis: Curve(0.0, 0.1) for basis in reference.calibration.curves}
    )
    assert not Prepared(data.index, data.matcher).fits(data.calibration)
    again = Judge(data.matcher, data.calibration)
    assert [query for query in queries[:60] if data.judge(query) != again(query)] == []
    assert any(data.judge(query) != reference.judge(query) for query in queries[:60])


def test_own_priorities_are_answered_anew(reference, queries):
    data = Reference(reference.index, reference.priorities, own=True)
    again = Judge(data.matcher, data.calibration)
    assert [query for query in queries[:60] if data.judge(query) != again(query)] == []


def test_keys_tell_queries_apart():
    query = Query("Pengadaan Obat", "1.02.02.2.01.0001", indikator=("Jumlah Obat",), context=("PROGRAM", "Penyediaan"))
    others = [
        query._replace(nama="Pengadaan Obatt"),
        query._replace(kode="1.02.02.2.01.0002"),
        query._replace(indikator=()),
        query._replace(indikator=("Jumlah Obat", "PROGRAM"), context=("Penyediaan",)),
        query._replace(context=("PROGRAM",)),
        query._replace(context=("Penyediaan", "PROGRAM")),
    ]
    assert key_of(query) is not None
    assert len({key_of(one) for one in (query, *others)}) == len(others) + 1
    assert key_of(query._replace(nama="PENGADAAN OBAT")) == key_of(query)


@pytest.mark.parametrize(
    "query",
    [
        Query("Pengadaan Obat"),
        Query("Pengadaan Obat", "1.02.02", uraian="Obat"),
        Query("Pengadaan\nObat", "1.02.02"),
        Query("Pengadaan Obat", "1.02.02", indikator=("Jumlah\nObat",)),
        Query("Pengadaan Obât", "1.02.02"),
    ],
)
def test_what_cannot_be_official_has_no_key(query):
    assert key_of(query) is None


# What words add up to


def test_scores_are_the_sums_of_signals(reference, queries):
    drawn = random.Random(7)  # noqa: S311 - a fixed draw, nothing secret
    short = list(reference.priorities.expansions)
    texts = [
        *queries[:60],
        *(query._replace(nama=_slipped(query.nama, drawn), kode=None) for query in queries[60:120]),
        # Words that stand for several, in two fields at once and next to each other.
        *(Query(f"Bantuan {one}", None, f"{one} {two}", (f"Jumlah {one}",), (f"Program {two} {one}",))
          for one, two in zip(short, reversed(short), strict=True)),
    ]  # fmt: skip
    for query in texts:
        ranking = reference.matcher.rank(query)
        for goal, score in ranking.scores.items():
            signals = ranking.signals_of(goal)
            assert score == pytest.approx(sum(signal.strength for signal in signals), abs=1e-9)
            speaks = any(signal.strength > 0 for signal in signals)
            assert (goal in ranking.speaking) is speaks


def test_evidence_in_short_says_the_same(reference, queries):
    seen = 0
    for query in [*queries[:80], *(query._replace(kode=None) for query in queries[:80])]:
        for match in reference.judge(query).matches:
            evidence, said = match.evidence, match.said
            words = [part for part in evidence if part.signal.layer == "kata"]
            plain = [part for part in evidence if part.signal.layer != "kata"]
            assert [part.signal for part in said.plain] == [part.signal for part in plain]
            assert [part.share for part in said.plain] == pytest.approx([part.share for part in plain])
            assert said.words == [part.signal.words for part in words]
            assert said.share == pytest.approx(sum(part.share for part in words))
            assert said.authority == match.authority
            speaking = [part.signal for part in evidence if part.signal.strength > 0 and part.signal.layer != "tabel"]
            better = [signal for signal in speaking if signal.layer != "kata"]
            assert list(match.telling) == (better or speaking)
            seen += bool(words)
    assert seen > 200


def test_no_official_name_is_a_pile_of_keywords(reference):
    rows = reference.index.all("SELECT nama, nama_lain FROM nomenklatur")
    names = {name for row in rows for name in (row[0], *row[1].split("|")) if name}
    assert len(names) > 6000
    assert [name for name in names if reference.matcher.words.is_piled(name)] == []
