"""`align init`: lay down a new project for a region."""

from __future__ import annotations

import difflib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alignment_cli import complete
from alignment_cli.language import say
from alignment_cli.options import DEFAULT_LANG, Color, LangOption, stop, unwritable, view_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from alignment_cli.init import Project
    from alignment_cli.render import View

    Answer = TypeVar("Answer")

HELP = say(
    "Mulai proyek untuk satu daerah: align.toml, contoh berkas program, skema untuk penyunting teks, dan pemeriksaan "
    "otomatis (CI). Tidak pernah menimpa berkas.",
    "Start a project for a region: align.toml, an example programme file, schemas for editors, and automatic checks "
    "(CI). Never overwrites files.",
)
DOCUMENT = "RKPD"


def command(
    folder: Annotated[Path, typer.Argument(help=say("Folder proyek.", "The project's folder."))] = Path(),
    *,
    nama: Annotated[str | None, typer.Option("--nama", help=say(
        "Nama daerah, mis. Kabupaten Solok Selatan. Tanpa ini ditanyakan.",
        "Name of the region, e.g. Kabupaten Solok Selatan. Without: asked for."), show_default=False)] = None,
    tingkat: Annotated[str | None, typer.Option("--tingkat", help=say(
        "provinsi, kabupaten atau kota. Tanpa ini menurut nama.",
        "provinsi, kabupaten or kota. Without: by the name."), show_default=False,
        autocompletion=complete.tiers)] = None,
    kode: Annotated[str | None, typer.Option("--kode", help=say(
        "Kode wilayah, mis. 13.11.", "Code of the region, e.g. 13.11."), show_default=False)] = None,
    tahun: Annotated[str | None, typer.Option("--tahun", help=say(
        "Tahun rencana. Tanpa ini tahun nomenklatur.", "Year of the plan. Without: that of the nomenclature."),
        show_default=False)] = None,
    dokumen: Annotated[str | None, typer.Option("--dokumen", help=say(
        f"RPJMD, Renstra, RKPD, Renja, KUA-PPAS, RAPBD atau APBD. Tanpa ini {DOCUMENT}.",
        f"RPJMD, Renstra, RKPD, Renja, KUA-PPAS, RAPBD or APBD. Without: {DOCUMENT}."), show_default=False,
        autocompletion=complete.documents)] = None,
    ci: Annotated[str | None, typer.Option("--ci", help=say(
        "Pemeriksaan otomatis: github, gitlab atau none.", "Automatic checks: github, gitlab or none."),
        show_default=False, autocompletion=complete.services)] = None,
    diff: Annotated[bool, typer.Option("--diff", help=say(
        "Tampilkan yang akan ditulis; tidak menulis.", "Show what would be written; write nothing."))] = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:  # fmt: skip
    """Lay down a new project."""
    from alignment_cli import init

    view = view_of(lang, Color.never)
    ask = _Asking(view, terminal=nama is None and sys.stdin.isatty())
    project = _project(ask, nama=nama, tingkat=tingkat, kode=kode, tahun=tahun, dokumen=dokumen, ci=ci)
    made = init.files(project)
    there = {path for path in made if os.path.lexists(folder / path)}
    for path, content in made.items():
        if path in there:
            typer.echo(say(f"sudah ada, dibiarkan: {path}", f"exists, left alone: {path}"), err=diff)
        elif diff:
            lines = difflib.unified_diff([], content.splitlines(keepends=True), "/dev/null", path)
            sys.stdout.writelines(lines)
        else:
            _write(folder / path, content, view)
            typer.echo(say(f"dibuat: {path}", f"made: {path}"))
    if not diff:
        _next_steps(project, folder, made.keys() - there)


def _write(path: Path, content: str, view: View) -> None:
    from alignment_cli.write import write_atomically

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content.encode())
    except OSError as error:
        unwritable(path, error, view)


def _next_steps(project: Project, folder: Path, new: set[str]) -> None:
    from alignment_cli import init

    file = init.programme_file(project)
    where = "" if folder == Path() else f"cd {folder} && "
    typer.echo(say(f"Berikutnya: isi {file}, lalu jalankan: {where}align check",
                   f"Next: fill in {file}, then run: {where}align check"))  # fmt: skip
    ci = init.CI.get(project.ci, ("",))[0]
    if ci in new:
        typer.echo(say(f"Isi juga ALIGN_SOURCE, dari mana CI memasang align; lihat {ci}",
                       f"Also set ALIGN_SOURCE, from where CI installs align; see {ci}"))  # fmt: skip


class _Asking:
    """Takes answers from options, else from the terminal, where one is there, else a default."""

    def __init__(self, view: View, *, terminal: bool) -> None:
        self._view, self._terminal = view, terminal

    def __call__(
        self, given: str | None, question: str, read: Callable[[str], Answer], default: str | None = None
    ) -> Answer:
        """Return what `read` makes of an answer; a wrong one is asked for again, or ends the command with 2."""
        from alignment_cli.init import AnswerError

        while True:
            asked = given is None and self._terminal
            answer = typer.prompt(question, default=default, err=True) if asked else given
            try:
                return read(answer if answer is not None else default or "")
            except AnswerError as error:
                if not asked:
                    stop(error.text, self._view)
                typer.echo(error.text.in_(self._view.lang), err=True)


def _project(
    ask: _Asking,
    *,
    nama: str | None,
    tingkat: str | None,
    kode: str | None,
    tahun: str | None,
    dokumen: str | None,
    ci: str | None,
) -> Project:
    from alignment_cli import init
    from alignment_cli.index.store import open_index

    region = ask(nama, say("Nama daerah", "Name of the region"), init.name)
    tiers, kinds, services = init.TIERS, init.documents(), init.SERVICES
    tier = ask(
        tingkat or init.named_tier(region),
        say("Tingkat", "Tier") + f" ({', '.join(tiers)})",
        lambda written: init.tier(region, written),
    )
    return init.Project(
        region,
        tier,
        ask(kode, say("Kode wilayah (boleh kosong)", "Region code (may be empty)"), lambda w: init.code(w, tier), ""),
        ask(tahun, say("Tahun", "Year"), init.year, open_index().meta("tahun_nomenklatur")),
        ask(dokumen, say("Dokumen", "Document"), lambda w: init.choice(w, kinds, "dokumen"), DOCUMENT),
        ask(ci, f"CI ({', '.join(services)})", lambda w: init.choice(w, services, "CI"), "none"),
    )
