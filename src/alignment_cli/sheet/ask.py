"""Showing what an import would make of a sheet, and asking whether that is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment_cli.numbers import rupiah
from alignment_cli.sheet.grid import quoted
from alignment_cli.sheet.mapping import changed
from alignment_cli.sheet.tables import doubts, shown_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignment_cli.finding import Lang
    from alignment_cli.sheet.columns import Layout
    from alignment_cli.sheet.importer import Outcome
    from alignment_cli.sheet.items import Item
    from alignment_cli.sheet.tables import Table

FIRST = 5
"""Items in the preview."""
YES, NO = frozenset({"", "y", "ya", "yes"}), frozenset({"t", "tidak", "n", "no", "q"})


def preview(found: list[Table], outcome: Outcome, lang: Lang) -> str:
    """Return the columns with what was recognised in them, and the first items as they would be written."""
    lines = []
    for table in found:
        lines += _columns(table.layout, lang)
    lines.append("Butir pertama:" if lang == "id" else "First items:")
    lines += [f"  {line}" for _, line in zip(range(FIRST), _items(outcome.items, lang), strict=False)]
    return "".join(f"{line}\n" for line in lines)


def _columns(layout: Layout, lang: Lang) -> list[str]:
    word, unit = ("Lembar", "satuan") if lang == "id" else ("Sheet", "unit")
    lines = [f"{word} {quoted(layout.grid.name)} ({unit} {layout.unit}):"]
    lines += [f"  {column:<6}{content:<24}{title}" for column, title, content in shown_columns(layout)]
    return lines + [f"  ? {doubt.in_(lang)}" for doubt in doubts(layout)]


def _items(items: list[Item], lang: Lang) -> Iterator[str]:
    for item in items:
        yield _shown(item, "", lang)
        for part in item.parts:
            yield _shown(part, "  ", lang)


def _shown(item: Item, indent: str, lang: Lang) -> str:
    pagu = rupiah(item.pagu, lang) if item.pagu is not None else "-"
    indicators = "".join(
        f" [{indicator.nama}: {indicator.target} {indicator.satuan}]" for indicator in item.indicators[:1]
    )
    return f"{indent}{item.kode or '-'}  {item.nama}  {pagu}{indicators}"


def agree(
    found: list[Table],
    run: Callable[[], Outcome],
    lang: Lang,
    read: Callable[[str], str],
    write: Callable[[str], None],
) -> Outcome | None:
    """Show and ask until the user agrees; return what was agreed to, None for a refusal. `F=pagu`, `satuan=juta` and
    `desimal=koma` change the first sheet; another one is named in front: ``Lembar2!F=pagu``.
    """
    question = {
        "id": "Tulis dengan kolom ini? [Y/t], atau ubah: F=pagu, satuan=juta, desimal=koma: ",
        "en": "Write with these columns? [Y/n], or change: F=pagu, satuan=juta, desimal=koma: ",
    }
    outcome = run()
    while True:
        write(preview(found, outcome, lang))
        try:
            answer = read(question[lang]).strip()
        except EOFError:
            return None
        if answer.casefold() in YES:
            return outcome
        if answer.casefold() in NO:
            return None
        name, mark, wish = answer.rpartition("!")
        layout = next((table.layout for table in found if not mark or table.layout.grid.name == name.strip("'")), None)
        problem = changed(layout, wish) if layout is not None else None
        if layout is None:
            write(f"? {name}\n")
        elif problem is not None:
            write(f"{problem.in_(lang)}\n")
        else:
            outcome = run()
