"""A report as one HTML page that needs nothing else: no network, no other file. Without JavaScript it can be read; with
it, tables sort and filter, and every figure leads to the items that it counts.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment_cli import __version__, harmless
from alignment_cli.report.render.cells import share
from alignment_cli.report.render.page import charts, items, network
from alignment_cli.report.render.page.pool import Pool
from alignment_cli.report.render.page.tables import Presenter
from alignment_cli.report.render.page.words import words
from alignment_cli.report.summary import sentence

if TYPE_CHECKING:
    from jinja2 import Environment

    from alignment_cli.render import View as Manner
    from alignment_cli.report.render import Part

TEMPLATES = Path(__file__).parent.parent / "templates"


def render(parts: list[Part], manner: Manner) -> str:
    """Return the page with all views of all regions."""
    said = words(manner.lang)
    pool = Pool(parts, manner.lang)
    names = [part.figures.name for part in parts]
    sections = [_section(part, plan, pool, said) for plan, part in enumerate(parts)]
    style, script = (_asset(name) for name in ("page.css", "page.js"))
    title = names[0] if len(parts) == 1 else f"{said['title']}: {len(parts)} {said['plans']}"
    page = _environment().get_template("page.html.j2").render(
        lang=manner.lang,
        w=said,
        title=title,
        sections=sections,
        timelines=charts.timelines(parts, pool),
        several=len(parts) > 1,
        items=items.table(pool, said, several=len(parts) > 1),
        payload=pool.payload(said, names),
        style=style,
        script=script,
        policy=_policy(style, script),
        version=__version__,
        chart={"width": charts.WIDTH, "radius": network.RADIUS, "margin": network.MARGIN},
    )  # fmt: skip
    return harmless.shown(page)


def _section(part: Part, plan: int, pool: Pool, said: dict[str, str]) -> dict[str, Any]:
    figures, lang = part.figures, pool.lang
    first = sentence(figures)
    score, presenter = figures.score, Presenter(plan, figures, pool)
    return {
        "id": f"p{plan}",
        "name": figures.name,
        "sentence": first.in_(lang),
        "index": charts.index(figures, plan, pool, said),
        "bounds": None if score is None else (share(score.value, lang), share(score.upper, lang)),
        "bars": charts.bars(figures, plan, pool, said),
        "heat": charts.heat(figures, plan, pool, said),
        "graph": network.draw(figures, plan, pool),
        "views": [
            {
                "id": f"p{plan}-{view.name}",
                "name": view.name,
                "title": view.title.in_(lang),
                "sentences": [text.in_(lang) for text in view.sentences if text != first],
                "tables": [presenter.show(table) for table in view.tables],
            }
            for view in part.views
        ],
    }


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Return a Content-Security-Policy: nothing but this very style and script."""
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
