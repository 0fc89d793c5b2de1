"""What `align label` and `align review` share: the checked files, and who decides."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alignment_cli import checking, source
from alignment_cli.asked import settings_of
from alignment_cli.finding import Text
from alignment_cli.label.plan import Plan
from alignment_cli.options import reference_for, stop, tell, unreadable

if TYPE_CHECKING:
    from alignment_cli.asked import Asked
    from alignment_cli.load import Loaded
    from alignment_cli.reference import Reference
    from alignment_cli.render import View
    from alignment_cli.result import Result

OLEH = "ALIGN_OLEH"
"""Environment variable that names who decides."""


NOTHING = Text("tidak ada butir yang menunggu keputusan; --all menampilkan juga yang selaras.",
               "no item waits for a decision; --all shows the aligned ones too.")  # fmt: skip


class Work(NamedTuple):
    """The files that decisions are about, checked, and what they were checked by."""

    result: Result
    reference: Reference


def work(asked: Asked, view: View) -> Work:
    """Check the files that decisions are about: never stdin, nor the example that comes with align. Leaves with 2."""
    from alignment_cli.discover import HOME

    settings = settings_of(asked, view)
    if not asked.paths and not settings["paths"] and not HOME.is_dir():
        stop(Text(f"tidak ada {HOME.as_posix()} di folder ini. Sebut berkas atau folder yang akan ditinjau.",
                  f"there is no {HOME.as_posix()} here. Name the files or folders to review."), view)  # fmt: skip
    if [str(path) for path in asked.paths] == [checking.STDIN]:
        stop(Text("keputusan ditulis ke dalam berkas; stdin tidak dapat ditulisi. Sebut berkasnya.",
                  "decisions are written into files; stdin cannot be written to. Name the file."), view)  # fmt: skip
    result, reference, _ = checking.checked(asked, settings, view)
    return Work(result, reference)


def reference_of(asked: Asked, view: View) -> Reference:
    """Return the reference data that the settings name. Leaves with 2."""
    settings = settings_of(asked, view)
    return reference_for(settings["priorities"], view, settings["calibration"])


def plans(result: Result, view: View, *, dry: bool) -> dict[str, Plan]:
    """Return the readable files of a result by name, as bytes and documents. Leaves with 2 for one that has changed
    since it was checked.
    """
    found = {}
    for file in result.plans:
        loaded = file.loaded
        if loaded.file is None or loaded.dropped:
            _left_out(loaded, view)
        if loaded.file is None:
            continue
        try:
            raw = source.read_bytes(Path(loaded.path))
        except OSError as error:
            unreadable(error, view)
        plan = Plan(Path(loaded.path), raw, loaded.document, dry)
        if not plan.is_sound():
            stop(Text(f"{loaded.path} berubah sejak dibaca. Jalankan perintah ini sekali lagi.",
                      f"{loaded.path} has changed since it was read. Run this command once more."), view)  # fmt: skip
        found[loaded.path] = plan
    return found


def _left_out(loaded: Loaded, view: View) -> None:
    """Say which file, or how many of its programmes, cannot be read and so cannot be decided on."""
    count = len(loaded.dropped)
    what = ("berkas ini", "this file") if loaded.file is None else (f"{count} program", f"{count} programme(s)")
    tell(Text(f"{loaded.path}: {what[0]} tidak terbaca, sehingga tidak ditinjau; jalankan align check.",
              f"{loaded.path}: {what[1]} cannot be read and so is not reviewed; run align check."), view)  # fmt: skip


def person(given: str | None) -> str:
    """Return who decides: as given, else by `ALIGN_OLEH`; empty where neither says."""
    return readable(" ".join((given or os.environ.get(OLEH, "")).split()))


def readable(text: str) -> str:
    """Return what was typed with ``?`` for bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def today(view: View) -> str:
    """Return the day of a decision (ISO). Leaves with 2 where `ALIGN_TODAY` is no date."""
    from alignment_cli.baseline import is_date

    day = checking.today()
    if not is_date(day):
        stop(Text(f'ALIGN_TODAY: "{day}" bukan tanggal; tulis TTTT-BB-HH.',
                  f'ALIGN_TODAY: "{day}" is no date; write YYYY-MM-DD.'), view)  # fmt: skip
    return day
