"""The figures of all views, recounted from the YAML by other means, and held against each other."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from alignment_cli.match.verdict import Status
from alignment_cli.report.amounts import divided
from alignment_cli.report.amounts import total as total_of
from report_makers import SAMPLE, column, made, sample, tables, total

GOALS = [f"AC{n}" for n in range(1, 9)]
SUPPORTS = {
    "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat": ("1.02.02", {"AC4"}),
    "Program Penyelenggaraan Jalan": ("1.03.10", {"AC3", "AC2", "AC5"}),
    "Program Penyelenggaraan Penataan Ruang": ("1.03.12", {"AC2", "AC6", "AC5"}),
    "Program Pengelolaan Keanekaragaman Hayati (KEHATI)": ("2.11.04", {"AC2", "AC3"}),
    "Program Perlindungan dan Jaminan Sosial": ("1.06.05", {"AC6"}),
    "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota": ("1.01.01", set()),
    "Bupati Hebat": (None, set()),
}
"""Codes, and the goals that code, crosswalk or table C-6 support, read off the data by hand."""
FURTHER = {"Program Penyelenggaraan Penataan Ruang": {"AC6"}}
"""Further goals by the column `juga` of the crosswalk."""

amounts = st.none() | st.integers(0, 10**11)
links = st.lists(
    st.fixed_dictionaries(
        {
            "tujuan": st.sampled_from(GOALS),
            "status": st.sampled_from(["dinyatakan", "diusulkan", "disetujui", "ditolak"]),
        },
        optional={"porsi": st.integers(0, 100)},
    ),
    max_size=3,
)
offices = st.none() | st.sampled_from(["Dinas Kesehatan", "DINAS KESEHATAN", "Dinas Sosial", "Bappeda"])


@st.composite
def items(draw):
    name = draw(st.sampled_from(sorted(SUPPORTS)))
    written = {
        "nama": name, "kode": SUPPORTS[name][0], "pagu": draw(amounts), "keselarasan": draw(links),
        "perangkat_daerah": draw(offices),
    }  # fmt: skip
    return {key: value for key, value in written.items() if value is not None}


@st.composite
def programmes(draw):
    parts = draw(st.lists(items(), max_size=3))
    return {**draw(items()), **({"sub_kegiatan": parts} if parts else {})}


plans = st.lists(st.lists(programmes(), min_size=1, max_size=4), min_size=1, max_size=3)


def verdicts_of(part):
    """Return answers by file and place: they are given here, what follows from them is counted."""
    return {
        (number, judged.item.route): judged.verdict
        for number, file in enumerate(part.figures.files)
        for judged in file.judged
    }


def leaves_of(plan_files):
    """Yield file number, route and content of what carries money."""
    for number, plan in enumerate(plan_files):
        for n, programme in enumerate(plan):
            parts = programme.get("sub_kegiatan", [])
            for m, part in enumerate(parts):
                yield number, ("program", n, "sub_kegiatan", m), part
            if not parts:
                yield number, ("program", n), programme


def goals_of(item, verdict):
    """Return the goals an item touches, and its parts by goal, written from the definitions in docs/laporan.md."""
    accepted = [link for link in item.get("keselarasan", []) if link["status"] != "ditolak"]
    claims = {link["tujuan"] for link in accepted}
    if verdict.status is Status.PENUNJANG:
        return claims, {"PENUNJANG": Fraction(1)}
    if verdict.status not in (Status.SELARAS, Status.PERLU_TINJAU):
        return claims, {"tanpa": Fraction(1)}
    approved = {link["tujuan"] for link in accepted if link["status"] == "disetujui"}
    served = {verdict.goal} | approved | (claims & SUPPORTS[item["nama"]][1]) | FURTHER.get(item["nama"], set())
    own = [link for link in accepted if link["tujuan"] in served]
    if own and all("porsi" in link for link in own):
        sums = {goal: sum(link["porsi"] for link in own if link["tujuan"] == goal) for goal in served}
        if sums[verdict.goal] > 0:
            whole = sum(sums.values())
            return claims | served, {goal: Fraction(share, whole) for goal, share in sums.items() if share}
    return claims | served, {verdict.goal: Fraction(1)}


def recount(plan_files, verdicts):
    """Count by goal: items, touched, split, confirmed, unknown; None where nothing of a sum is known."""
    own = defaultdict(lambda: {"butir": 0, "selaras": 0, "touched": [], "split": [], "confirmed": [], "unknown": 0})
    for number, route, item in leaves_of(plan_files):
        verdict, pagu = verdicts[number, route], item.get("pagu")
        touched, parts = goals_of(item, verdict)
        for goal in touched:
            own[goal]["touched"].append(pagu)
        for goal, part in parts.items():
            aligned = verdict.status is Status.SELARAS
            own[goal]["butir"] += 1
            own[goal]["selaras"] += aligned
            own[goal]["split"].append(None if pagu is None else pagu * part)
            own[goal]["unknown"] += pagu is None
            if aligned:
                own[goal]["confirmed"].append(own[goal]["split"][-1])
    return own


def close(found, exact):
    """Tell whether rupiah are those expected, but for rounding to whole rupiah: less than one for each item."""
    known = [amount for amount in exact if amount is not None]
    if exact and not known:
        return found is None
    return found is not None and abs(found - sum(known)) <= len(known) * (any(a != int(a) for a in known))


@settings(max_examples=80)
@given(plans)
def test_money_by_goal_equals_a_recount(reference, plan_files):
    (part,) = made(reference, *plan_files)
    counted = recount(plan_files, verdicts_of(part))
    table = tables(part)["anggaran"]
    names = [*GOALS, "PENUNJANG", "tanpa"]
    for name, row in zip(names, table.rows, strict=False):
        code, _, count, touched, split, confirmed, unknown = row.cells
        own = counted[name]
        assert code == (name if name in GOALS else None)
        assert (count, unknown) == (own["butir"], own["unknown"])
        assert close(split, own["split"])
        if name in GOALS:
            assert close(touched, own["touched"])
            assert close(confirmed, own["confirmed"])
    known = [item.get("pagu") for _, _, item in leaves_of(plan_files)]
    left = sum(
        max(0, programme.get("pagu", 0) - sum(one.get("pagu", 0) for one in programme["sub_kegiatan"]))
        for plan in plan_files
        for programme in plan
        if "sub_kegiatan" in programme
    )
    assert part.figures.remainder == left
    assert total(table, "butir") == len(known)
    assert total(table, "tanpa_pagu") == known.count(None)
    whole = sum(amount or 0 for amount in known) + left
    assert total(table, "pagu_terbagi") == (None if set(known) == {None} and not left else whole)
    assert sum(amount or 0 for amount in column(table, "pagu_terbagi")) == whole
    assert whole == sum(
        max(programme.get("pagu", 0), sum(one.get("pagu", 0) for one in programme.get("sub_kegiatan", [])))
        for plan in plan_files
        for programme in plan
    )


@settings(max_examples=40)
@given(plans)
def test_views_agree_with_each_other(reference, plan_files):
    (part,) = made(reference, *plan_files)
    agree(part)


def test_views_of_the_sample_agree(reference):
    (part,) = sample(reference)
    agree(part)


def agree(part):
    figures, found = part.figures, tables(part)
    index, goals, short, money = (found[name] for name in ("indeks", "tujuan", "ringkas_tujuan", "anggaran"))
    by_office, detail = found["perangkat_daerah"], found["rincian_anggaran"]
    # Items
    count = len(figures.leaves)
    assert sum(column(index, "butir")) == total(index, "butir") == total(money, "butir") == count
    assert sum(column(by_office, "butir")) == total(by_office, "butir") == count
    assert column(short, "butir") == column(goals, "butir") == column(money, "butir")[:8]
    assert column(short, "pagu_terbagi") == column(goals, "pagu_terbagi") == column(money, "pagu_terbagi")[:8]
    for table in (short, goals):
        assert [
            sum(pair) for pair in zip(column(table, "selaras"), column(table, "perlu_tinjau"), strict=True)
        ] == column(table, "butir")
    marks = {goal: column(found["matriks"], goal) for goal in GOALS}
    assert [cells.count("●") + cells.count("◐") for cells in marks.values()] == column(goals, "program")
    assert list(found["matriks"].total.cells[3:]) == column(goals, "program")
    # Money
    known = figures.known or 0
    assert sum(amount or 0 for amount in column(index, "pagu")) == (total(index, "pagu") or 0) == known
    assert sum(amount or 0 for amount in column(by_office, "pagu")) == (total(by_office, "pagu") or 0) == known
    assert sum(amount or 0 for amount in column(by_office, "belum_terinci")) == figures.remainder
    assert sum(column(by_office, "tanpa_pagu")) == sum(column(index, "tanpa_pagu")) == total(money, "tanpa_pagu")
    own = list(zip(column(detail, "tujuan"), column(detail, "porsi"), detail.rows, strict=True))
    for code, row in zip(column(money, "tujuan"), money.rows, strict=True):
        if code is None:
            continue
        rows = [line.cells for goal, _, line in own if goal == code]
        assert row.cells[2] == sum(1 for goal, porsi, _ in own if goal == code and porsi > 0)
        sums = [total_of(cells[n] for cells in rows) for n in (7, 8, 9)]
        assert [amount or 0 for amount in row.cells[3:6]] == [amount or 0 for amount in sums]
    programmes = found["program"]
    assert (total(programmes, "pagu") or 0) == sum(amount or 0 for amount in column(programmes, "pagu"))
    # The index
    score = figures.score
    answers = dict(zip((cell.id for cell in column(index, "status")), column(index, "bagian"), strict=True))
    if score is not None:
        assert answers.get("selaras", 0) == pytest.approx(score.value)
        open_ = answers.get("perlu tinjau", 0) + answers.get("teks kurang", 0)
        assert answers.get("selaras", 0) + open_ == pytest.approx(score.upper)
        assert sum(part or 0 for part in answers.values()) == pytest.approx(1)
        aligned = sum(amount or 0 for amount in column(money, "pagu_selaras"))
        assert score.weight == "butir" or score.aligned == aligned
        assert total(by_office, "bagian_selaras") == pytest.approx(score.value)
    # Gaps
    claims = found["klaim_tidak_didukung"]
    assert column(found["klaim_terbesar"], "nama") == column(claims, "nama")[:5]
    assert len(claims.rows) == sum(
        judged.verdict.status is Status.TIDAK_DIDUKUNG for file in figures.files for judged in file.judged
    )
    rest = sum(column(index, "butir")) - sum(column(money, "butir")[:9])
    unsupported_leaves = sum(entry.verdict.status is Status.TIDAK_DIDUKUNG for entry in figures.leaves)
    if not any(len(entry.shares) > 1 for entry in figures.leaves):
        assert rest == money.rows[9].cells[2] == len(found["butir_tanpa_tujuan"].rows) + unsupported_leaves
    traced(part)


def traced(part):
    """Every row leads to the items that it counts, and every figure of items is their number."""
    lines = {file.loaded.path: file for file in part.figures.files}
    for name, table in tables(part).items():
        rows = [*table.rows, *([table.total] if table.total is not None else [])]
        for row in rows:
            for path, route, line in row.items:
                item = next(one.item for one in lines[path].judged if _route(one.item.route) == route)
                assert lines[path].loaded.line(item.route) == line
            assert len(set(row.items)) == len(row.items), name
        if table.single:
            assert all(len(row.items) <= 1 for row in table.rows), name
    for name in ("indeks", "tujuan", "ringkas_tujuan", "perangkat_daerah"):
        table = tables(part)[name]
        assert column(table, "butir") == [len(row.items) for row in table.rows]


def _route(route):
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in route).removeprefix(".")


@settings(max_examples=40)
@given(plans)
def test_split_equals_the_sums_of_check_where_no_shares_are_given(reference, plan_files):
    bare = [
        [
            {**{key: value for key, value in one.items() if key != "keselarasan"},
             **({"sub_kegiatan": [{k: v for k, v in p.items() if k != "keselarasan"} for p in one["sub_kegiatan"]]}
                if "sub_kegiatan" in one else {})}
            for one in plan
        ]
        for plan in plan_files
    ]  # fmt: skip
    (part,) = made(reference, *bare)
    sums = [file.sums(GOALS) for file in part.figures.files]
    for goal, lines in zip(GOALS, zip(*sums, strict=True), strict=True):
        of = part.figures.money[goal]
        assert (of.split or 0, of.confirmed or 0) == (sum(s.pagu for s in lines), sum(s.confirmed for s in lines))
        assert (of.programmes, of.unknown) == (sum(s.programmes for s in lines), sum(s.unknown for s in lines))


@given(st.integers(0, 10**15), st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_pieces_add_up(amount, weights):
    parts = [Fraction(weight, sum(weights)) for weight in weights]
    pieces = divided(amount, parts)
    assert sum(pieces) == amount
    assert all(abs(piece - amount * part) < 1 for piece, part in zip(pieces, parts, strict=True))
    assert divided(None, parts) == [None] * len(parts)


@pytest.mark.parametrize(
    ("given_", "expected"), [([], 0), ([None], None), ([None, None], None), ([0, None], 0), ([2, None, 3], 5)]
)
def test_sum_of_what_is_known(given_, expected):
    assert total_of(given_) == expected


ROADS, HEALTH = "Program Penyelenggaraan Jalan", next(iter(SUPPORTS))


def one(name, **keys):
    return {"nama": name, "kode": SUPPORTS[name][0], **keys}


def money_of(reference, *plan):
    (part,) = made(reference, list(plan))
    return {goal: (of.touched, of.split, of.confirmed) for goal, of in part.figures.money.items() if of != EMPTY}


EMPTY = (0, 0, 0, 0, 0, 0, 0)


def test_share_of_an_approved_goal(reference):
    links_ = [
        {"tujuan": "AC3", "porsi": 70, "status": "disetujui"},
        {"tujuan": "AC4", "porsi": 30, "status": "disetujui"},
    ]
    assert money_of(reference, one(ROADS, pagu=1001, keselarasan=links_)) == {
        "AC3": (1001, 701, 701),
        "AC4": (1001, 300, 300),
    }


def test_share_of_a_mere_claim_goes_to_the_goals_that_are_served(reference):
    links_ = [{"tujuan": "AC3", "porsi": 70}, {"tujuan": "AC4", "porsi": 30}]
    assert money_of(reference, one(ROADS, pagu=1000, keselarasan=links_)) == {
        "AC3": (1000, 1000, 1000),
        "AC4": (1000, 0, 0),
    }


def test_goal_by_another_code_is_the_same_goal(reference):
    links_ = [
        {"tujuan": "03.01.01", "porsi": 60, "status": "disetujui"},
        {"tujuan": "AC3", "porsi": 20, "status": "disetujui"},
        {"tujuan": "AC4", "porsi": 20, "status": "disetujui"},
    ]
    assert money_of(reference, one(ROADS, pagu=100, keselarasan=links_))["AC3"] == (100, 80, 80)


def test_rejected_goal_is_not_touched(reference):
    found = money_of(reference, one(HEALTH, pagu=10, keselarasan=[{"tujuan": "AC8", "status": "ditolak"}]))
    assert found == {"AC4": (10, 10, 10)}


def test_unknown_money_is_not_zero(reference):
    (part,) = made(reference, [one(HEALTH), one(ROADS, pagu=5)])
    assert part.figures.money["AC4"][3:] == (None, None, None, 1)
    assert part.figures.money["AC8"] == EMPTY
    (part,) = made(reference, [one(HEALTH)])
    for name in ("indeks", "program", "perangkat_daerah"):
        assert total(tables(part)[name], "pagu") is None, name
    assert [total(tables(part)["anggaran"], key) for key in ("pagu_terbagi", "pagu_selaras")] == [None, None]


def test_what_parts_leave_over_is_a_line_of_its_own(reference):
    parts = [one(HEALTH, pagu=99, perangkat_daerah="Dinas Sosial"), one(HEALTH)]
    (part,) = made(
        reference, [one(HEALTH, pagu=100, perangkat_daerah="Dinas Kesehatan", sub_kegiatan=parts), one(ROADS, pagu=1)]
    )
    table = tables(part)["anggaran"]
    assert table.rows[-1].cells[4] == 1
    assert [item.route for item in table.rows[-1].items] == ["program[0]"]
    assert total(table, "pagu_terbagi") == 101
    by_office = tables(part)["perangkat_daerah"]
    assert dict(zip(column(by_office, "perangkat_daerah"), column(by_office, "belum_terinci"), strict=True)) == {
        "Dinas Sosial": None, "Dinas Kesehatan": 1, ("(tidak disebut)", "(not named)"): None,
    }  # fmt: skip
    assert any("Rp 1 " in sentence.id for sentence in part.views[0].sentences)


def test_parts_above_the_programme_leave_nothing_over(reference):
    (part,) = made(reference, [one(HEALTH, pagu=10, sub_kegiatan=[one(HEALTH, pagu=60)])])
    assert part.figures.remainder == 0
    assert len(tables(part)["anggaran"].rows) == 10


# The sample, counted by hand from its files


def test_sample_by_hand(reference):
    (part,) = sample(reference)
    plans_ = [YAML(typ="safe").load(path.read_text("utf-8"))["program"] for path in SAMPLE.glob("*.yaml")]
    leaves = [leaf for plan in plans_ for programme in plan for leaf in programme.get("sub_kegiatan", [programme])]
    assert len(leaves) == 18 == total(tables(part)["indeks"], "butir")
    assert sum(leaf.get("pagu", 0) for leaf in leaves) == part.figures.known
    assert sum(1 for leaf in leaves if "pagu" not in leaf) == part.figures.unknown == 2
    # 60 miliar for education, of which 21 and 14,5 are detailed
    assert part.figures.remainder == 24_500_000_000
    assert part.figures.money["AC2"][3:] == (9_500_000_001, 9_500_000_001, 8_750_000_001, 1)
    assert part.figures.money["AC8"][3:] == (43_200_000_001, 250_000_000, 250_000_000, 0)
    names = dict(zip(column(tables(part)["perangkat_daerah"], "perangkat_daerah"),
                     column(tables(part)["perangkat_daerah"], "butir"), strict=True))  # fmt: skip
    assert names["Dinas Pekerjaan Umum dan Penataan Ruang"] == 3  # once in capitals
    assert names["Dinas Kesehatan"] == 5  # one of them below another office's programme


# Gaps, partners and national programmes of the sample


def test_gaps_put_aside_are_told(reference):
    (part,) = sample(reference)
    view = next(view for view in part.views if view.name == "kesenjangan")
    assert any("AL702: pilihan daerah untuk tahun ini" in sentence.id for sentence in view.sentences)
    assert "AL702" not in column(tables(part)["belum_tersentuh"], "aturan")


def test_fragment_shows_no_gaps_and_says_so(reference):
    (part,) = made(reference, [one(HEALTH, pagu=1)])
    assert tables(part)["belum_tersentuh"].empty.id == "tidak dapat dinilai"
    assert any("sebagian" in sentence.id for sentence in part.views[0].sentences)


def test_levels_add_up_to_the_synergy(reference):
    (part,) = sample(reference)
    told = [cell.id.split(" dari ") for cell in tables(part)["tingkat_mitra"].total.cells[2:]]
    synergy = part.figures.collaboration.synergy
    assert sum(int(met) for met, _ in told) == sum(one.lintas.met for one in synergy)
    assert sum(int(of) for _, of in told) == sum(one.lintas.of for one in synergy)


def test_offices_form_groups(reference):
    (part,) = sample(reference)
    table = tables(part)["jejaring"]
    positions = dict(
        zip(column(table, "perangkat_daerah"), (cell.id for cell in column(table, "kedudukan")), strict=True)
    )
    assert positions["Dinas Pekerjaan Umum dan Penataan Ruang"] == "penghubung"
    assert positions["Sekretariat Daerah"] == "pulau"
    assert sum(column(table, "mitra")) == 2 * len(part.figures.collaboration.graph.edges)
    assert len(tables(part)["jembatan"].rows) == len(part.figures.collaboration.graph.bridges) == 3


def test_partners_are_not_judged_where_none_is_recorded(reference):
    (part,) = made(reference, [one(HEALTH, pagu=1, perangkat_daerah="Dinas Kesehatan")])
    view = next(view for view in part.views if view.name == "kolaborasi")
    assert {table.empty.id for table in view.tables[1:]} == {"tidak dapat dinilai"}
    assert all(not table.rows for table in view.tables[1:])


def test_roles_are_all_there(reference):
    (part,) = sample(reference)
    overview, roles = tables(part)["program_nasional"], tables(part)["peran_daerah"]
    sums = [sum(column(overview, key)) for key in ("dinyatakan", "usulan", "kosong")]
    assert sum(sums) == sum(column(overview, "peran")) == total(overview, "peran")
    served = [row for row in overview.rows if row.cells[1]]
    open_ = [row for row in roles.rows if row.cells[4] == ("(kosong)", "(open)")]
    assert len(open_) == sum(row.cells[5] for row in served)
    others = tables(part)["peran_belum_didukung"]
    assert len(others.rows) == sum(row.cells[2] for row in overview.rows if not row.cells[1])
    rules = {role.peran.dasar for one in part.figures.readiness for role in one.roles if role.ruled}
    assert {cell for table in (roles, others) for cell in column(table, "dasar")} - {None} <= rules
    logistics = next(row.cells for row in roles.rows if row.cells[1].id == "logistik" and row.cells[5])
    assert logistics[4:7] == ("Makan Bergizi Gratis (MBG) di pesantren", "Dinas Kesehatan", 2_000_000_000)
