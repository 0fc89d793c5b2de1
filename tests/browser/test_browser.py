"""The HTML report in a browser: it loads without errors, filters, sorts, prints, and can be used by everybody."""

import base64
import shutil
import subprocess

import pytest

from alignment_cli.report.render.page.tables import LONG
from page_maker import HOSTILE, PLAN, many, page, plan, quoted

ROWS = "return [...document.querySelectorAll('[data-t=\"butir\"] tbody tr')].map(row => row.cells[0].firstChild.data)"
CHIP = "return document.querySelector('.chip')?.textContent ?? ''"
SEARCH = """
  const one = document.querySelector("#butir input");
  one.value = arguments[0];
  one.dispatchEvent(new Event("input"));"""
SIZE = "return [innerWidth, document.documentElement.scrollWidth]"


@pytest.fixture(scope="module")
def pages(reference, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    hostile = f"  - {{nama: {quoted(HOSTILE)}, perangkat_daerah: {quoted(HOSTILE)}, pagu: 5}}\n"
    texts = {
        "small": page([plan(PLAN)], reference),
        "english": page([plan(PLAN)], reference, "en"),
        "years": page([plan(PLAN), plan(PLAN, tahun=2027)], reference),
        "large": page([plan(many(LONG // 2))], reference),
        "hostile": page([plan(hostile + PLAN, nama=quoted(HOSTILE))], reference),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in texts}


@pytest.fixture(autouse=True)
def console(browser):
    """After each test the console must be empty, and the browser as before."""
    browser.get("about:blank")
    browser.get_log("browser")
    yield
    assert browser.get_log("browser") == []
    for command in ("Emulation.clearDeviceMetricsOverride", "Emulation.setEmulatedMedia"):
        browser.execute_cdp_cmd(command, {})


def open_(browser, address):
    browser.get("about:blank")  # an address that differs only after # would not load anything
    browser.get(address)


def click(browser, key):
    browser.execute_script("document.querySelector(`[data-f='${arguments[0]}']`).focus()", key)
    browser.execute_script(
        "document.activeElement.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )


@pytest.mark.parametrize(
    "look",
    [
        ("small", "light", "html"),
        ("small", "dark", "html"),
        ("english", "light", "html"),
        ("hostile", "light", "html"),
        ("years", "dark", "figure"),
        ("large", "light", "#butir"),
    ],
)
def test_no_fault_that_axe_finds(browser, axe, pages, look):
    name, scheme, part = look
    emulated = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", emulated)
    open_(browser, pages[name])
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    found = browser.execute_async_script(
        "axe.run(arguments[0], {resultTypes: ['violations']}).then(arguments[arguments.length - 1])", part
    )
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert len(found["passes"]) > 5


def test_a_figure_filters_the_items_and_back_undoes_it(browser, pages):
    open_(browser, pages["small"])
    everything = browser.execute_script(ROWS)
    assert len(everything) == 7
    click(browser, "0.anggaran.3")
    assert browser.execute_script("return document.activeElement.id") == "butir-h"
    assert browser.current_url.endswith("#butir=0.anggaran.3")
    assert "AC4" in browser.execute_script(CHIP)
    filtered = browser.execute_script(ROWS)
    assert "Penurunan stunting terpadu" in filtered
    assert len(filtered) < 7
    sums = browser.execute_script("return document.querySelector('.sums').textContent")
    assert "untuk AC4: terbagi Rp 600.000.002" in sums
    browser.back()
    assert browser.execute_script(ROWS) == everything
    assert browser.execute_script(CHIP) == ""
    assert browser.execute_script("return document.activeElement.dataset.f") == "0.anggaran.3"
    browser.forward()
    assert browser.execute_script(ROWS) == filtered


def test_a_filtered_list_can_be_linked_and_its_filter_removed(browser, pages):
    open_(browser, f"{pages['small']}#butir=0.anggaran.3&saring=stunting")
    assert browser.execute_script(ROWS) == ["Penurunan stunting terpadu"]
    browser.execute_script("document.querySelector('.chip button').click()")
    assert browser.execute_script(CHIP) == ""
    assert browser.execute_script("return location.hash") == "#saring=stunting"


@pytest.mark.parametrize("address", ["#butir=%27", "#butir=0.x.1", "#butir=__proto__", "#butir=0.anggaran.99", "#=&&="])
def test_a_broken_address_shows_everything(browser, pages, address):
    open_(browser, pages["small"] + address)
    assert len(browser.execute_script(ROWS)) == 7


def test_every_link_shows_as_many_rows_as_it_says(browser, pages):
    for name in ("small", "large"):
        open_(browser, pages[name])
        wrong = browser.execute_script("""
            const wrong = [];
            for (const one of document.querySelectorAll("#isi a[data-f]")) {
              one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
              const said = document.querySelector(".chip")?.textContent.match(/\\(([\\d.]+) butir\\)/);
              const shown = document.querySelector('[data-t="butir"] [role=status]').textContent.match(/[\\d.]+$/)[0];
              if (!said || said[1] !== shown || shown === "0") wrong.push(one.dataset.f);
            }
            return wrong;""")
        assert wrong == []


def test_answers_goals_and_offices_can_be_chosen(browser, pages):
    open_(browser, pages["small"])
    browser.execute_script("""
        const [, , office] = document.querySelectorAll("#butir select");
        office.value = [...office.options].find(one => one.text === "Dinas Pendidikan").value;
        office.dispatchEvent(new Event("change"));""")
    assert browser.execute_script(ROWS) == ["Makan Bergizi Gratis"]
    assert "perangkat_daerah=" in browser.current_url


def test_columns_sort_by_value_and_say_so(browser, pages):
    open_(browser, pages["small"])
    head = '[data-t="0.anggaran"] th:nth-child(5)'
    first = "return document.querySelector('[data-t=\"0.anggaran\"] tbody').rows[0].cells[0].textContent"
    for state, goal in (("descending", "AC2"), ("ascending", "AC1")):
        browser.execute_script(f"document.querySelector('{head} button').click()")
        assert browser.execute_script(f"return document.querySelector('{head}').ariaSort") == state
        assert browser.execute_script(first) == goal


def test_long_tables_go_by_pages_search_and_print_whole(browser, pages):
    open_(browser, pages["large"])
    assert len(browser.execute_script(ROWS)) == 100
    browser.execute_script("document.querySelector('#butir [data-go=next]').click()")
    status = "return document.querySelector('#butir [role=status]').textContent"
    assert browser.execute_script(status) == "101–200 dari 303"  # noqa: RUF001 - the page's own dash
    browser.execute_script(SEARCH, "padi 2-7")
    assert len(browser.execute_script(ROWS)) == 11
    browser.execute_script(SEARCH, "")
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert len(browser.execute_script(ROWS)) == 303
    browser.execute_script("dispatchEvent(new Event('afterprint'))")
    assert len(browser.execute_script(ROWS)) == 100


def test_the_printed_page_has_every_item_on_a4(browser, pages, tmp_path):
    open_(browser, pages["large"])
    asked = {"printBackground": True, "preferCSSPageSize": True}
    (tmp_path / "a.pdf").write_bytes(base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", asked)["data"]))
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    text = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    squeezed = "".join(text.split())  # names may be wrapped
    assert not [f"{n}-{i}" for n in range(3) for i in range(LONG // 2) if f"padi{n}-{i}" not in squeezed]
    info = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], capture_output=True, check=True).stdout.decode()
    assert "(A4)" in info
    assert "Saring" not in text


@pytest.mark.parametrize("name", ["small", "years", "large", "hostile"])
def test_a_phone_scrolls_tables_and_not_the_page(browser, pages, name):
    metrics = {"width": 375, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    open_(browser, pages[name])
    assert browser.execute_script(SIZE) == [375, 375]


def test_arrows_move_within_a_drawing(browser, pages):
    open_(browser, pages["small"])
    stops = "return [...document.querySelectorAll('svg.grid a')].filter(one => one.tabIndex === 0).length"
    assert browser.execute_script(stops) == 1
    press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))"
    browser.execute_script("document.querySelector('svg.grid a').focus()")
    for key, row in (("ArrowDown", "1"), ("ArrowRight", "1"), ("ArrowUp", "0")):
        browser.execute_script(press, key)
        assert browser.execute_script("return document.activeElement.dataset.row") == row
    assert browser.execute_script(stops) == 1


def test_colours_can_be_chosen_and_are_kept(browser, pages):
    open_(browser, pages["small"])
    shade = "return getComputedStyle(document.body).backgroundColor"
    light = browser.execute_script(shade)
    for _ in range(2):
        browser.execute_script("document.getElementById('theme').click()")
    assert browser.execute_script(shade) != light
    open_(browser, pages["small"])
    assert browser.execute_script(shade) != light
    browser.execute_script("localStorage.clear()")


def test_names_run_nothing(browser, pages):
    open_(browser, pages["hostile"])
    click(browser, "0.program.0")
    assert browser.title != "broken"
    assert browser.execute_script("return document.images.length") == 0
    assert "onerror" in browser.execute_script(CHIP)


def test_without_javascript_everything_can_be_read(browser, pages):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_(browser, pages["large"])
        from selenium.webdriver.common.by import By

        text = browser.find_element(By.TAG_NAME, "body").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "Bantuan benih padi 2-99" in text
    assert "Indeks keselarasan" in text
    assert "Warna: " not in text
