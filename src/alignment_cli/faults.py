"""Faults that parser and models report, as findings: a rule, a place, and words in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from alignment_cli.finding import Finding, Place, Route, Rule
from alignment_cli.limits import told
from alignment_cli.model import NEEDED, SHAPES, Berkas
from alignment_cli.rules import budget, file, reference
from alignment_cli.suggest import closest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from alignment_cli import source
    from alignment_cli.tree import Problem


def of_source(error: source.SourceError, document: source.Document) -> Finding:
    """Return the finding for a file that could not be read or parsed."""
    place = Place(document.path, error.span, (), document.line(error.span.line) if document.text else "")
    rule, params = _SOURCE[error.kind]
    if error.kind == "syntax":
        return Finding(rule, place, {"sebab": _syntax_cause(error.detail), "cause": error.detail})
    filled = {key: value.format(error.detail) for key, value in params.items()}
    if rule is file.LIMIT:
        filled["batas"] = told(params["batas"])
    return Finding(rule, place, filled)


_SOURCE: dict[str, tuple[Rule, dict[str, str]]] = {  # of a limit with its name
    "syntax": (file.SYNTAX, {}),
    "several": (file.SYNTAX, {"sebab": "ada lebih dari satu dokumen (pemisah ---)",
                              "cause": "there is more than one document (separator ---)"}),
    "binary": (file.NOT_TEXT, {"sebab": "berisi byte nol, seperti berkas biner",
                               "cause": "it holds zero bytes, as binary files do"}),
    "encoding": (file.NOT_TEXT, {"sebab": "byte {} bukan UTF-8", "cause": "the byte {} is not UTF-8"}),
    "wide_encoding": (file.NOT_TEXT, {"sebab": "byte {} bukan UTF-16", "cause": "the byte {} is not UTF-16"}),
    "too_large": (file.LIMIT, {"sebab": "ukurannya lebih dari {} byte", "cause": "it has more than {} bytes",
                               "batas": "file_bytes"}),
    "depth": (file.LIMIT, {"sebab": "bersarang terlalu dalam: tingkat {}",
                           "cause": "it is nested too deeply: level {}", "batas": "depth"}),
    "values": (file.LIMIT, {"sebab": "isinya lebih dari {} nilai setelah alias mengembang",
                            "cause": "it holds more than {} values once its aliases expand", "batas": "values"}),
    "text": (file.LIMIT, {"sebab": "teks di tempat ini panjangnya {} karakter",
                          "cause": "the text at this place has {} characters", "batas": "text_characters"}),
}  # fmt: skip

_SYNTAX_CAUSES = (
    (r"could not find expected ':'", 'tanda ":" setelah kunci tidak ada'),
    (r"mapping values are not allowed", 'tanda ":" tidak boleh di sini; beri kutip pada teks yang memuat ": "'),
    (r"did not find expected ',' or '[\]}]'", "daftar atau pasangan dalam kurung tidak ditutup"),
    (r"did not find expected '-' indicator", "lekukan daftar tidak sejajar"),
    (r"did not find expected key|expected <block end>", "lekukan tidak sejajar, atau kunci tidak ada"),
    (
        r"found character that cannot start any token|found character '\\t'",
        "ada tab atau tanda yang tidak boleh di sini",
    ),
    (r"found unexpected end of stream|unexpected end", "kutip atau kurung tidak ditutup"),
    (r"second occurrence", "jangkar yang sama dipakai dua kali"),
    (r"found unexpected ':'", 'tanda ":" tidak boleh di sini; beri kutip pada teksnya'),
    (r"found a tab|tab character|\\t", "ada tab; pakai spasi"),
    (r"found undefined alias", "alias menunjuk ke jangkar yang tidak ada"),
    (r"unknown escape|escape", "urutan garis miring terbalik tidak dikenal; pakai kutip tunggal"),
    (r"special characters|control characters|unacceptable character", "ada karakter kendali yang tidak terlihat"),
    (r"document start|expected <document start>", "isi tambahan setelah data selesai"),
)


def _syntax_cause(detail: str) -> str:
    return next((cause for pattern, cause in _SYNTAX_CAUSES if re.search(pattern, detail)), detail)


def of_tree(problem: Problem, document: source.Document) -> Finding:
    """Return the finding for what the node tree shows."""
    place = document.place_of(problem.node, problem.route)
    if problem.kind == "duplicate" and problem.other is not None:
        line = document.span(problem.other).line
        return Finding(file.DUPLICATE, place, {"kunci": problem.detail, "baris": line})
    if problem.kind == "unquoted":
        return Finding(reference.UNQUOTED, place, {"kode": problem.detail})
    what = (f"Tag {problem.detail}", f"The tag {problem.detail}") if problem.kind == "tag" else (
        "Kunci yang bukan teks biasa", "A key that is not plain text")  # fmt: skip
    return Finding(file.FEATURE, place, {"apa": what[0], "what": what[1]})


def of_model(route: Route, problem: ErrorDetails, document: source.Document) -> Finding:
    """Return the finding for what a model refuses at `route` of the document."""
    key = next((str(step) for step in reversed(route) if isinstance(step, str)), "")
    kind = problem["type"]
    if kind == "extra_forbidden":
        shape = SHAPES.get(next((str(step) for step in reversed(route[:-1]) if isinstance(step, str)), ""), Berkas)
        known = list(shape.model_fields)
        params = {"kunci": key, "dikenal": ", ".join(known)}
        return Finding(file.UNKNOWN_KEY, document.place(route, key=True), params, closest(key, known))
    if kind == "missing" or (problem["input"] is None and (kind == "literal_error" or key in NEEDED)):
        return Finding(file.MISSING, document.place(route, key=True), {"kunci": key})
    place = document.place(route)
    shown = _shown(problem["input"])
    if key == "pagu":
        rule = budget.NEGATIVE if kind == "greater_than_equal" else budget.NOT_WHOLE
        return Finding(rule, place, {"nilai": shown})
    if kind == "literal_error":
        choices = re.findall(r"'([^']+)'|\b(\d+)\b", str(problem.get("ctx", {}).get("expected", "")))
        words = [first or second for first, second in choices]
        params = {"kunci": key, "nilai": shown, "pilihan": ", ".join(words)}
        near = closest(shown, words)
        return Finding(file.NOT_A_CHOICE, place, params, near if near != shown else None)
    found, expected = kinds(problem)
    params = {
        "kunci": key or "berkas",
        "ada": found[0],
        "found": found[1],
        "harus": expected[0],
        "expected": expected[1],
    }
    return Finding(file.WRONG_TYPE, place, params)


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - a message is one line


_EXPECTED = {
    "string_type": ("teks", "text"),
    "string_too_short": ("teks yang tidak kosong", "text that is not empty"),
    "list_type": ("daftar (baris yang diawali -)", "a list (lines that begin with -)"),
    "model_type": ("pasangan kunci dan nilai", "keys and values"),
    "int_type": ("bilangan bulat tanpa kutip", "a whole number without quotes"),
    "int_parsing": ("bilangan bulat", "a whole number"),
    "dataclass_type": ("pasangan kunci dan nilai", "keys and values"),
    "dict_type": ("pasangan kunci dan nilai", "keys and values"),
    "bool_type": ("true atau false", "true or false"),
    "bool_parsing": ("true atau false", "true or false"),
    "float_type": ("bilangan", "a number"),
    "float_parsing": ("bilangan", "a number"),
}


def kinds(problem: ErrorDetails) -> tuple[tuple[str, str], tuple[str, str]]:
    """Name what is there and what should be there, each in both languages."""
    value = problem["input"]
    match value:
        case None:
            found = ("kosong", "nothing")
        case bool():
            found = ("nilai benar/salah", "a true/false value")
        case dict():
            found = ("pasangan kunci dan nilai", "keys and values")
        case list():
            found = ("daftar", "a list")
        case _:
            found = (f'"{_shown(value)}"', f'"{_shown(value)}"')
    limits = problem.get("ctx", {})
    for kind, words in (
        ("greater_than_equal", ("paling kecil", "at least")),
        ("less_than_equal", ("paling besar", "at most")),
    ):
        if problem["type"] == kind:
            bound = next(iter(limits.values()))
            return found, (f"{words[0]} {bound:g}", f"{words[1]} {bound:g}")
    return found, _EXPECTED.get(problem["type"], ("nilai yang sesuai", "a fitting value"))
