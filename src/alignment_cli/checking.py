"""From settings to a checked result: reference data, files, policy. Leaves with 2 when the check
cannot run.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from alignment_cli.asked import near
from alignment_cli.language import say
from alignment_cli.options import reference_for, stop, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment_cli.asked import Asked
    from alignment_cli.baseline import Baseline
    from alignment_cli.batch import Batch
    from alignment_cli.config import Settings
    from alignment_cli.finding import Text
    from alignment_cli.outcome import Checked
    from alignment_cli.policy import Policy
    from alignment_cli.reference import Reference
    from alignment_cli.render import View
    from alignment_cli.result import Result

Files = list[tuple[Path | bytes, str]]
STDIN = "-"


def checked(asked: Asked, settings: Settings, view: View) -> tuple[Result, Reference, Policy]:
    """Check what was asked for; also return what it was checked by."""
    from alignment_cli.policy import PolicyError
    from alignment_cli.progress import Progress
    from alignment_cli.run import run

    files, unchecked, policy, reference = _prepared(asked, settings, view)
    try:
        with Progress(len(files)) as tell:
            result = run(files, reference, policy, tell)
    except PolicyError as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)
    result.unchecked += unchecked
    return result, reference, policy


def batch(asked: Asked, settings: Settings, formats: tuple[tuple[str, View], ...], view: View) -> Batch:
    """Return what was asked for, ready to be checked and put into these formats."""
    from alignment_cli import replay
    from alignment_cli.batch import Batch
    from alignment_cli.outcome import Order
    from alignment_cli.policy import PolicyError

    whole = asked.changed is None and len(formats) == 1 and [str(path) for path in asked.paths] != [STDIN]
    if whole and settings["cache"]:
        _depends(asked, settings)
    files, unchecked, policy, reference = _prepared(asked, settings, view)
    if whole and settings["cache"]:
        replay.depends(path for path, _ in files if isinstance(path, Path))
    order = Order(settings["priorities"], settings["calibration"], policy, formats)
    try:
        made = Batch(files, reference, order, settings["jobs"], keep=settings["cache"])
    except PolicyError as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)
    made.summary.unchecked += unchecked
    return made


def _depends(asked: Asked, settings: Settings) -> None:
    """Say what the check depends on before its files are known: settings, baseline, priorities, and the folders that
    files are looked for in.
    """
    from alignment_cli import config, replay
    from alignment_cli.discover import HOME

    named = [asked.config, settings.file, baseline_path(settings), settings["priorities"], settings["calibration"]]
    replay.depends([*config.looked_at(Path()), *(path for path in named if path is not None)])
    replay.depends(asked.paths or [_root(settings) / path for path in settings["paths"]] or [HOME])


def taken(batch: Batch, view: View) -> Iterator[Checked]:
    """Yield what a batch checks, and say on a terminal what is being checked. Leaves with 2 where it cannot go on."""
    from alignment_cli.batch import StoppedError
    from alignment_cli.finding import Text
    from alignment_cli.progress import Progress

    try:
        with Progress(len(batch.names)) as tell:
            yield from batch.checked(tell)
    except OSError as error:
        unreadable(error, view)
    except StoppedError:
        stop(Text("satu proses pemeriksa berhenti sendiri, mungkin karena memori habis. Coba --jobs 1.",
                  "a checking process ended by itself, perhaps for lack of memory. Try --jobs 1."), view)  # fmt: skip


def _prepared(asked: Asked, settings: Settings, view: View) -> tuple[Files, list[Text], Policy, Reference]:
    """Return the files to check, what is not checked, what counts, and what to check by."""
    policy = policy_of(asked, settings, view)
    reference = reference_for(settings["priorities"], view, settings["calibration"])
    files, unchanged = _touched(files_of(asked, settings, view), asked, policy, view)
    return files, [] if asked.changed is None else _about_changes(asked.changed, unchanged), policy, reference


def files_of(asked: Asked, settings: Settings, view: View) -> Files:
    """Return the files to check with the names to show."""
    from alignment_cli import limits
    from alignment_cli.discover import NothingToCheckError, find
    from alignment_cli.index.store import data_dir

    if [str(path) for path in asked.paths] == [STDIN]:
        return [(sys.stdin.buffer.read(limits.current().file_bytes + 1), asked.stdin_filename or STDIN)]
    named = list(asked.paths) or [near(_root(settings) / path) for path in settings["paths"]]
    try:
        files, example = find(named, data_dir() / "programs" / "solok_selatan.yaml", settings["exclude"])
    except NothingToCheckError as error:
        if asked.allow_empty and error.empty:
            return []
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)
    if example:
        typer.echo(say("align: tidak ada data/programs di folder ini; memeriksa contoh bawaan.",
                       "align: no data/programs in this folder; checking the shipped example."), err=True)  # fmt: skip
    return list(files)


def _root(settings: Settings) -> Path:
    """Return the folder that paths of the settings are relative to."""
    return settings.file.parent if settings.file is not None else Path()


def policy_of(asked: Asked, settings: Settings, view: View) -> Policy:
    """Return what counts."""
    from alignment_cli.policy import Policy, PolicyError, codes_of

    policy = Policy(today=today())
    try:
        if settings["select"]:
            policy.codes = codes_of(settings["select"], settings.origins["select"])
        policy.codes -= codes_of(settings["ignore"], settings.origins["ignore"])
        policy.per_file = settings["per_file"]
        policy.config = near(settings.file).as_posix() if settings.file is not None else ""
        for entry in policy.per_file:
            codes_of(entry.ignore, f"{policy.config}:{entry.line}")
    except PolicyError as error:
        stop(error.text, view)
    policy.gates = settings["min_keselarasan"]
    if not asked.no_baseline:
        policy.baseline = _baseline(settings, view)
    return policy


def baseline_path(settings: Settings) -> Path:
    """Return where the baseline is, or would be: as set, else beside the configuration, else in the current folder."""
    from alignment_cli.baseline import FILE

    path: Path | None = settings["baseline"]
    if path is None:
        path = (settings.file.parent if settings.file is not None else Path()) / FILE
    return near(path)


def _baseline(settings: Settings, view: View) -> Baseline | None:
    from alignment_cli import baseline

    path = baseline_path(settings)
    if settings["baseline"] is None and not path.is_file():
        return None
    try:
        return baseline.read(path)
    except baseline.BaselineError as error:
        stop(error.text, view)
    except OSError as error:
        unreadable(error, view)


def today() -> str:
    """Return today's date (ISO), or ``ALIGN_TODAY`` where a run must not depend on the day."""
    from datetime import datetime

    return os.environ.get("ALIGN_TODAY") or datetime.now().astimezone().date().isoformat()


def _touched(files: Files, asked: Asked, policy: Policy, view: View) -> tuple[Files, int]:
    """Return the files that a change touches, and how many are left out; notes the touched lines in the policy."""
    if asked.changed is None:
        return files, 0
    from alignment_cli.changes import ChangesError, changed

    try:
        lines = changed([path for path, _ in files if isinstance(path, Path)], asked.changed)
    except ChangesError as error:
        stop(error.text, view)
    kept = [(path, shown) for path, shown in files if isinstance(path, bytes) or path in lines]
    policy.changes = {shown: None if isinstance(path, bytes) else lines[path] for path, shown in kept}
    return kept, len(files) - len(kept)


def _about_changes(ref: str, unchanged: int) -> list[Text]:
    from alignment_cli.finding import Text

    return [
        Text(
            f"Hanya yang berubah sejak {ref} yang ditampilkan; {unchanged} berkas tidak berubah dan dilewati; temuan "
            "tingkat daerah tidak dicari.",
            f"Only what changed since {ref} is shown; {unchanged} unchanged file(s) were skipped; findings about the "
            "region as a whole were not looked for.",
        )
    ]
