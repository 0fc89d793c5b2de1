"""Write side of the index: `data/` in, an SQLite file out. The same data gives the same rows."""

from __future__ import annotations

import csv
import gc
import json
import os
import re
import sqlite3
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from alignment_cli.index import weights
from alignment_cli.index.store import Index
from alignment_cli.match import Matcher, calibration
from alignment_cli.match.judge import Judge
from alignment_cli.match.official_name import key_of
from alignment_cli.match.prepared import prepare
from alignment_cli.match.roots import is_root, raw_stem
from alignment_cli.match.text import MIN_CORRECTED, Stemmer, fold
from alignment_cli.match.vocabulary import lengths_of, terms_of
from alignment_cli.nomenclature import ancestors
from alignment_cli.priorities import Prioritas, validate

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

SCHEMA = """
CREATE TABLE meta (kunci TEXT PRIMARY KEY, isi TEXT) WITHOUT ROWID;
CREATE TABLE nomenklatur (kode TEXT PRIMARY KEY, jenjang TEXT, nama TEXT, indikator TEXT, satuan TEXT, tag TEXT,
                          spm INTEGER, tingkat TEXT, nama_lain TEXT) WITHOUT ROWID;
CREATE TABLE definisi (kode TEXT PRIMARY KEY, definisi TEXT) WITHOUT ROWID;
CREATE TABLE crosswalk (kode TEXT PRIMARY KEY, tujuan TEXT, kp TEXT, juga TEXT, yakin INTEGER, alasan TEXT,
                        reason TEXT) WITHOUT ROWID;
CREATE TABLE tabel_c (tabel TEXT, kode TEXT, label TEXT, jelas INTEGER, PRIMARY KEY (tabel, kode, label)) WITHOUT ROWID;
CREATE TABLE nama (kunci TEXT PRIMARY KEY, nama TEXT, kode TEXT) WITHOUT ROWID;
CREATE TABLE daftar (nama TEXT PRIMARY KEY, kunci TEXT, isi BLOB) WITHOUT ROWID;
"""
"""Table `daftar` holds lists that are read whole: keys one a line, contents one a line or packed."""

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """Read a CSV file of `data/`; a table that is not there has no rows."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def compile_index(data: Path, file: Path | None) -> sqlite3.Connection:
    """Compile `data` into `file`, replacing it at once when all is done, or into memory when `file` is None."""
    part = file.with_name(f"{file.name}.{os.getpid()}") if file else None
    if part is not None:
        part.unlink(missing_ok=True)
    connection = sqlite3.connect(part or ":memory:")
    connection.executescript(SCHEMA)
    collects = gc.isenabled()
    gc.disable()  # nearly all that is made here is kept to the end
    try:
        with connection:
            _fill(connection, data)
    finally:
        if collects:
            gc.enable()
    if file is None or part is None:
        return connection
    connection.execute("VACUUM")
    connection.close()
    part.replace(file)
    return sqlite3.connect(file)


def _fill(connection: sqlite3.Connection, data: Path) -> None:
    folder = data / "nomenklatur"
    priorities = validate(YAML(typ="safe").load((data / "asta_cita.yaml").read_text("utf-8")))
    entries = _nomenclature(connection, folder)
    crossings = rows_of(folder / "crosswalk.csv")
    connection.executemany(
        "INSERT INTO crosswalk VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*(row[key] for key in ("kode", "tujuan", "kp", "juga")), int(row["yakin"]), row["alasan"], row["reason"])
         for row in crossings],
    )  # fmt: skip
    connection.executemany("INSERT OR IGNORE INTO tabel_c VALUES (?, ?, ?, ?)", _tables(folder))
    words = _words(data, priorities, entries)
    names = _names(entries, priorities)
    connection.executemany("INSERT INTO nama VALUES (?, ?, ?)", names)
    function_words = word_list(data / "teks" / "kata_tugas.txt")
    stemmer = Stemmer({word: stem for word, stem, _ in words}.get, priorities.expansions, function_words)
    examples = _examples(entries, {row["kode"]: row["tujuan"] for row in crossings}, priorities)
    learned = weights.learn([(stemmer.stems(text), goal, weight) for text, goal, weight in examples])
    filler = frozenset(raw_stem(word) for word in word_list(data / "teks" / "kata_pengisi.txt"))
    terms = {stems: json.dumps(listed, ensure_ascii=False) for stems, listed in terms_of(priorities, stemmer).items()}
    lists: dict[str, tuple[str, str | bytes]] = {
        "awal": _columns(lengths_of(terms)),
        "bobot": weights.packed(learned, filler),
        "istilah": _columns(terms),
        "kata": _columns({word: stem for word, stem, _ in words}),
    }
    connection.executemany("INSERT INTO daftar VALUES (?, ?, ?)", [(name, *columns) for name, columns in lists.items()])
    meta = {
        "prioritas": json.dumps(_without_vocabulary(priorities), ensure_ascii=False),
        "tahun_nomenklatur": rows_of(folder / "tahun.csv")[0]["tahun"],
        "tugas": "\n".join(sorted(function_words)),
        "pengisi": "\n".join(sorted(filler)),
        "kunci": "\n".join(key for key, _, _ in names),
    }
    meta["mitra"] = json.dumps(YAML(typ="safe").load((data / "mitra.yaml").read_text("utf-8")), ensure_ascii=False)
    meta |= _targets(words)
    meta["kalibrasi"] = (data / "kalibrasi.json").read_text("utf-8")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    matcher = Matcher(Index(connection), priorities)
    judge = Judge(matcher, calibration.parse(json.loads(meta["kalibrasi"])))
    connection.execute("INSERT INTO daftar VALUES ('putusan', '', ?)", (prepare(matcher, judge, entries),))


def _columns(listed: dict[str, str]) -> tuple[str, str]:
    """Return keys and contents of a list, each one a line, in the order of the keys."""
    ordered = sorted(listed)
    return "\n".join(ordered), "\n".join(listed[key] for key in ordered)


def _without_vocabulary(priorities: Prioritas) -> dict[str, Any]:
    """Return the priorities as plain data; the vocabulary stands in a list of its own."""
    data = asdict(priorities)
    for holder in (*data["tujuan"], data["penunjang"]):
        holder.update(kosakata=[], bukan={})
    return data


TARGET_SEEN = 3
"""Rarer words are no target of a spelling guess: half of them are misprints themselves."""


def _targets(words: list[tuple[str, str, int]]) -> dict[str, str]:
    """Return, by length, the words that a misspelt word may be taken for, one a line."""
    found: dict[str, list[str]] = {}
    for word, _, count in sorted(words):
        if count >= TARGET_SEEN and len(word) >= MIN_CORRECTED:
            found.setdefault(f"kata:{len(word)}", []).append(word)
    return {key: "\n".join(listed) for key, listed in found.items()}


def _names(entries: list[Row], priorities: Prioritas) -> list[tuple[str, str, str]]:
    """Return (key, name, codes joined by blanks) of all names, shortest key first: what likeness is sought among."""
    found: dict[str, tuple[str, list[str]]] = {}
    for row in entries:
        for name in (row["nama"], *filter(None, row.get("nama_lain", "").split("|"))):
            codes = found.setdefault(key_of(name, priorities.expansions), (name.strip(), []))[1]
            if row["kode"] not in codes:
                codes.append(row["kode"])
    ordered = sorted(found.items(), key=lambda part: (len(part[0]), part[0]))
    return [(key, name, " ".join(codes)) for key, (name, codes) in ordered]


def word_list(path: Path) -> frozenset[str]:
    """Read a list of words, one a line; lines that begin with # are comments."""
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _nomenclature(connection: sqlite3.Connection, folder: Path) -> list[Row]:
    """Store all levels and return their rows. Where a code stands for province and regency, the names are the same
    thing; the regency's row is kept and both tiers are noted.
    """
    entries: dict[str, Row] = {}
    for level, name in (("bidang_urusan", "bidang"), ("program", "program"), ("kegiatan", "kegiatan"),
                        ("sub_kegiatan", "sub_kegiatan")):  # fmt: skip
        for row in rows_of(folder / f"{name}.csv"):
            seen = entries.get(row["kode"])
            tiers = "|".join(sorted({*(seen or row)["tingkat"].split("|"), *row["tingkat"].split("|")}))
            keep = row if seen is None or row["tingkat"].startswith("kabupaten") else seen
            entries[row["kode"]] = {**keep, "jenjang": level, "tingkat": tiers}
    connection.executemany(
        "INSERT INTO nomenklatur VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(row["kode"], row["jenjang"], row["nama"], row.get("indikator", ""), row.get("satuan", ""),
          row.get("tag", ""), row.get("spm") == "ya", row["tingkat"], row.get("nama_lain", ""))
         for row in entries.values()],
    )  # fmt: skip
    definitions: dict[str, str] = {}
    for row in rows_of(folder / "definisi.csv"):
        definitions.setdefault(row["kode"], row["definisi"])
    connection.executemany("INSERT INTO definisi VALUES (?, ?)", sorted(definitions.items()))
    for kode, row in entries.items():
        row["definisi"] = definitions.get(kode, "")
    return list(entries.values())


def _tables(folder: Path) -> Iterable[tuple[str, str, str, bool]]:
    for path in sorted(folder.glob("tabel_c-*.csv")):
        table = path.stem.removeprefix("tabel_").upper()
        for row in rows_of(path):
            if "asta_cita" in row:
                yield from ((table, row["bidang"], goal, row["jelas"] == "ya") for goal in row["asta_cita"].split("|"))
            else:
                yield table, row["kode"], row["label"], True


def _words(data: Path, priorities: Prioritas, entries: list[Row]) -> list[tuple[str, str, int]]:
    """Return every word of the reference texts with its stem and how often it occurs."""
    counts: Counter[str] = Counter()
    texts = [row[key] for row in entries for key in ("nama", "indikator", "definisi") if row.get(key)]
    texts += [term for _, groups, _ in priorities.vocabularies for group in groups for term in group.istilah] * 3
    texts += list(priorities.priority_names.values())
    texts += [" ".join((*part.alias, part.nama)) for part in priorities.program_nasional] * 3
    texts += list(priorities.singkatan.values()) * 3
    for text in texts:
        counts.update(re.findall(r"[a-z0-9]+", fold(text)))
    for name in ("kata_tugas", "kata_pengisi"):
        counts.update(word_list(data / "teks" / f"{name}.txt"))
    words = [(word, raw_stem(word), count) for word, count in counts.items() if not word.isdigit()]
    return words + [(word, stem, 1) for word, stem in _plan_words(data, counts)]


def _plan_words(data: Path, known: Container[str]) -> list[tuple[str, str]]:
    """Return the other words of the shipped plans and labelled titles that the stemmer takes back to a root. Knowing
    them spares the stemmer, which takes longer to load than a small plan to check; misprints have no root and stay out.
    """
    files = (*(data / "programs").glob("*.yaml"), *(data / "berlabel").glob("*.csv"))
    words = {word for path in files for word in re.findall(r"[a-z]+", fold(path.read_text("utf-8")))}
    stems = ((word, raw_stem(word)) for word in sorted(words) if word not in known)
    return [(word, stem) for word, stem in stems if is_root(stem)]


def _examples(entries: list[Row], crossing: dict[str, str], priorities: Prioritas) -> Iterable[tuple[str, str, float]]:
    """Yield (text, goal, weight) of everything that official sources or the curated vocabulary label."""
    for row in entries:
        goal = next((crossing[code] for code in ancestors(row["kode"]) if code in crossing), None)
        if goal is None:
            continue
        yield row["nama"], goal, weights.NAME
        if row.get("indikator"):
            yield row["indikator"], goal, weights.INDICATOR
        if row.get("definisi"):
            yield row["definisi"], goal, weights.DEFINITION
    for kode, name in priorities.priority_names.items():
        yield name, f"AC{int(kode[:2])}", weights.PRIORITY
    for code, groups, _ in priorities.vocabularies:
        for group in groups:
            yield from ((term, code, weights.TERM) for term in group.istilah)
