"""Checks the plans of many regions side by side with Dask, into Parquet datasets by year and region.

    python examples/nasional/dask_nasional.py FOLDER HASIL --workers 2
    python examples/nasional/dask_nasional.py FOLDER HASIL --scheduler tcp://ALAMAT:8786

FOLDER holds programme files, HASIL receives the datasets (docs/nasional.md, docs/national.en.md). Without --scheduler,
worker processes are started on this machine. With it, the workers need `align` and pyarrow, and see FOLDER and HASIL
under the same paths. A worker that dies, or a region that fails, stops nothing: what failed is listed in
HASIL/gagal.parquet, and the exit code is 1.
"""

# ruff: noqa: INP001, T201 - a script that is run by its path, and prints

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from distributed import Client, LocalCluster, as_completed

from alignment_cli import reference as reference_data
from alignment_cli.dataset.part import Failure, Key
from alignment_cli.dataset.store import check_into, finish, others
from alignment_cli.discover import NothingToCheckError, find
from alignment_cli.finding import Text
from alignment_cli.groups import groups_of
from alignment_cli.language import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment_cli.finding import Lang
    from alignment_cli.groups import Group

RETRIES = 2
"""How often a region is tried again, on whichever worker is free, when its check breaks off."""


MOST_WORKERS = 1024
"""No machine has more use for processes; a larger number is a slip of the finger."""
ABOUT = Text(
    "Memeriksa rencana banyak daerah berdampingan dengan Dask, menjadi kumpulan data Parquet per tahun dan wilayah. "
    "Yang gagal tercatat dalam HASIL/gagal.parquet, dan kode keluarnya 1.",
    "Checks the plans of many regions side by side with Dask, into Parquet datasets by year and region. What failed is "
    "listed in HASIL/gagal.parquet, and the exit code is 1.",
)


class Options(NamedTuple):
    """What the command line says."""

    folder: Path
    hasil: Path
    workers: int
    memory: str
    scheduler: str | None
    lang: Lang


def options_of(arguments: Sequence[str] | None = None) -> Options:
    """Read the command line."""
    lang = chosen(arguments)[0]
    parser = argparse.ArgumentParser(description=ABOUT.in_(lang))
    for names, help_, more in (
        (["folder"], Text("berkas program", "programme files"), {"type": Path, "metavar": "FOLDER"}),
        (["hasil"], Text("tempat kumpulan data", "where the datasets go"), {"type": Path, "metavar": "HASIL"}),
        (["--workers"], Text("proses pekerja (2)", "worker processes (2)"), {"type": _count, "default": 2}),
        (["--memory"], Text("batas memori tiap pekerja, mis. 1GiB", "limit of memory of each worker, e.g. 1GiB"),
         {"default": "auto"}),
        (["--scheduler"], Text("penjadwal Dask yang sudah berjalan, mis. tcp://ALAMAT:8786",
                               "a Dask scheduler that runs already, e.g. tcp://ADDRESS:8786"), {}),
        (["--lang"], Text("bahasa", "language"), {"choices": ("id", "en"), "default": lang}),
    ):  # fmt: skip
        parser.add_argument(*names, help=help_.in_(lang), **more)
    return Options(**vars(parser.parse_args(arguments)))


def _count(text: str) -> int:
    """Return a number of processes."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"{text!r}: 1-{MOST_WORKERS}")
    return int(text)


@contextmanager
def cluster(options: Options) -> Iterator[Client]:
    """Yield a client of the scheduler that is named, or of workers of this machine: processes with one thread each."""
    if options.scheduler:
        with Client(options.scheduler) as client:
            if not client.scheduler_info()["workers"]:
                print(Text("menunggu pekerja ...", "waiting for workers ...").in_(options.lang), file=sys.stderr)
            yield client
        return
    with (
        LocalCluster(
            n_workers=options.workers, threads_per_worker=1, processes=True, memory_limit=options.memory,
            dashboard_address=None, host="127.0.0.1", silence_logs=logging.CRITICAL,
        ) as local,
        Client(local) as client,
    ):  # fmt: skip
        yield client


class Run:
    """One run: what is done, and what failed."""

    def __init__(self, options: Options, groups: list[Group]) -> None:
        self.options, self.groups = options, groups
        self.failures: list[Failure] = []
        self.written: dict[Key, str] = {}
        self.items = self.done = 0

    def over(self, client: Client) -> None:
        """Check all groups, the largest first, so that no worker is left with a large one at the end."""
        folder = self.options.hasil.absolute()
        tasks = {}
        for group in sorted(self.groups, key=_size, reverse=True):
            files = [(Path(path).absolute(), shown) for path, shown in group.files if isinstance(path, Path)]
            future = client.submit(check_into, files, folder, self.options.lang, pure=False, retries=RETRIES)
            tasks[future] = group
        for future in as_completed(tasks, raise_errors=False):
            self._take(future, tasks.pop(future))

    def _take(self, future: Any, group: Group) -> None:
        """Note what became of a group, and say so."""
        names = [shown for _, shown in group.files]
        self.done += 1
        if future.status != "finished":
            cause = _cause(future).in_(self.options.lang)
            self._failed([Failure(name, None, None, "jalan", cause) for name in names])
            return
        outcome = future.result()
        self._failed(outcome.failures)
        for part in outcome.parts:
            if part.key in self.written:
                clash = f"{'/'.join(map(str, part.key))}: {self.written[part.key]}"
                self._failed([Failure(name, part.key.tahun, part.key.wilayah, "jalan", clash) for name in names])
            self.written[part.key] = names[0]
            self.items += part.butir
            self._say(f"{part.daerah}, {part.key.dokumen} {part.key.tahun}: {part.butir} butir",
                      f"{part.daerah}, {part.key.dokumen} {part.key.tahun}: {part.butir} items")  # fmt: skip

    def _failed(self, failures: Sequence[Failure]) -> None:
        self.failures += failures
        for failure in failures:
            self._say(f"GAGAL {failure.berkas}: {failure.pesan}", f"FAILED {failure.berkas}: {failure.pesan}")

    def _say(self, id_: str, en: str) -> None:
        text = en if self.options.lang == "en" else id_
        safe = "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in text)
        print(f"[{self.done}/{len(self.groups)}] {safe}", file=sys.stderr, flush=True)

    def summary(self) -> str:
        """Return what to say at the end."""
        old = others(self.options.hasil, self.written)
        if self.options.lang == "en":
            text = f"{len(self.written)} plans, {self.items} items, {len(self.failures)} failures"
            return text + (f"; {len(old)} parts of earlier runs stay, e.g. {old[0]}" if old else "")
        text = f"{len(self.written)} rencana, {self.items} butir, {len(self.failures)} kegagalan"
        return text + (f"; {len(old)} bagian dari jalan sebelumnya tetap ada, mis. {old[0]}" if old else "")


def _size(group: Group) -> int:
    """Return the bytes of a group's files; 0 for one that is gone, of which the worker will say so."""
    try:
        return sum(path.stat().st_size for path, _ in group.files if isinstance(path, Path))
    except OSError:
        return 0


def _cause(future: Any) -> Text:
    """Return why a task did not end, in one line."""
    try:
        error = future.exception(timeout=5)
    except Exception as raised:  # noqa: BLE001 - a scheduler that is gone raises what it likes
        error = raised
    if isinstance(error, OSError) and error.strerror:
        return Text(f"tidak dapat dibaca atau ditulis: {error.strerror}",
                    f"cannot be read or written: {error.strerror}")  # fmt: skip
    if type(error).__name__ == "KilledWorker":
        return Text("pekerja yang memeriksanya mati berulang kali, mungkin kehabisan memori (--memory).",
                    "workers died while checking it, perhaps out of memory (--memory).")  # fmt: skip
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return Text(f"pemeriksaan terputus: {told}", f"the check broke off: {told}")


def main() -> int:
    """Run and return the exit code: 0 all regions are in, 1 some failed, 2 it could not run, 130 stopped."""
    options = options_of()
    try:
        files, _ = find([options.folder], options.folder)
        run = Run(options, groups_of(list(files)))
        options.hasil.mkdir(parents=True, exist_ok=True)
        reference = reference_data.shipped()  # compiles the index of a checkout once, before the workers read it
        with cluster(options) as client:
            run.over(client)
        finish(options.hasil, [shown for _, shown in files], run.failures, reference)
    except NothingToCheckError as error:
        print(error.text.in_(options.lang), file=sys.stderr)
        return 2
    except (OSError, ValueError) as error:  # a folder, the scheduler's address, or what --memory says
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(Text("dihentikan; bagian yang sudah ditulis tetap utuh.", "stopped; parts already written are whole.")
              .in_(options.lang), file=sys.stderr)  # fmt: skip
        return 130
    print(run.summary())
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
