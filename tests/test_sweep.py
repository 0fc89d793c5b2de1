"""No combination of commands and options gives a traceback: random command lines, made from what the program says of
its own options, with sound and unsound values. The seed is fixed, so a failure repeats itself.
"""

import random
from enum import Enum
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from alignment_cli.cli import COMMANDS, app

HEAD = "versi: 1\ndaerah: {nama: Kabupaten Uji, tingkat: kabupaten}\ndokumen: RKPD\ntahun: 2027\nprogram:\n"
FILES = {
    "a.yaml": f"{HEAD}  - kode: 1.03.10\n    nama: Program Penyelenggaraan Jalan\n    pagu: 5\n    asta_cita: 8\n",
    "b.yaml": f"{HEAD}  - nama: Jalan desa mendukung Asta Cita\n    pagu: -5\n  - nama: Suka Sapi\n",
    "rusak.yaml": "program: [\n",
    "align.toml": 'ignore = ["AL206"]\n',
    "rusak.toml": "= 3",
    "a.csv": "kode;nama;pagu\n1.03.10;Program Penyelenggaraan Jalan;1.000.000\n",
    "a.xlsx": "not a workbook",
    "folder/c.yaml": f"{HEAD}  - nama: Posyandu\n",
}
WORDS = (
    "a.yaml", "b.yaml", "rusak.yaml", "hilang.yaml", "folder", ".", "-", "", " ", "a.csv", "a.xlsx", "align.toml",
    "rusak.toml", "AL203", "AL2", "AL999", "pagu-negatif", "AC4", "AC4=50", "80", "-1", "HEAD", "id", "en", "text",
    "json", "csv:x.csv", "x.json", "program", "2027", "kabupaten", "Kabupaten Uji", "2027-01-31", "0.95", "\x1b[31m",
    "=1+1", "\udce9", "../a.yaml", "Rehabilitasi jaringan irigasi", "1.02.02", "--", "ringkas", "[bold]", "1" * 400,
)  # fmt: skip
RUNS = 25
"""Command lines for each command."""


def commands():
    """Return (words, options) of every command and sub-command, as typer knows them."""
    program = typer.main.get_command(app())
    waiting = [((name,), command) for name, command in sorted(program.commands.items())]
    while waiting:
        words, command = waiting.pop(0)
        if hasattr(command, "commands"):
            waiting += [((*words, name), inner) for name, inner in sorted(command.commands.items())]
        else:
            yield words, command.params


def line(words, params, dice):
    """Return a random command line."""
    parts = list(words)
    for param in params:
        if not param.opts[0].startswith("-"):
            if dice.random() < 0.8:
                parts += [dice.choice(WORDS) for _ in range(dice.choice((1, 1, 2)))]
        elif dice.random() < 0.3:
            parts.append(dice.choice(param.opts))
            kind = param.type_descriptor.annotation
            if kind is not bool:
                known = [choice.value for choice in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
                parts.append(dice.choice(known) if known and dice.random() < 0.7 else dice.choice(WORDS))
    return [part for part in parts if "completion" not in part]


def test_every_command_is_swept():
    assert {words[0] for words, _ in commands()} == set(COMMANDS)


@pytest.mark.parametrize(
    ("words", "params"), [pytest.param(words, params, id="-".join(words)) for words, params in commands()]
)
def test_no_traceback(words, params, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dice = random.Random(" ".join(words))  # noqa: S311 - repeatable, not secret
    codes = set()
    for _ in range(RUNS):
        for name, content in FILES.items():
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(content)
        arguments = line(words, params, dice)
        done = CliRunner().invoke(app(), arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), (arguments, done.exception)
        assert done.exit_code in (0, 1, 2), (arguments, done.output)
        assert "Traceback" not in done.output, arguments
        codes.add(done.exit_code)
    assert 2 in codes
