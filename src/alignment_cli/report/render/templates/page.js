"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, items, strings, goals, sets, tables, lang } = data;
  const PAGE = 100, FEW = 10, DASH = "\u2013";
  const NAME = 0, CODE = 1, PARENT = 2, OFFICE = 3, STATUS = 4, SHARES = 5, CLAIMED = 6, CONF = 7, PAGU = 8, WHY = 9,
    PATH = 10, LINE = 11, PARTS = 12, PLAN = 13;

  const el = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const wrap = text => (/\S{31}/.test(text) ? "w" : "");
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const marks = text => (lang === "en" ? text : text.replace(/[.,]/g, sign => (sign === "." ? "," : ".")));
  const number = value => marks(String(value).replace(/\B(?=(\d{3})+$)/g, ","));
  const decimal = value => {
    const [whole, rest] = value.toFixed(1).split(".");
    return marks(`${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${rest}`);
  };
  const percent = value => `${decimal(Math.floor(value * 1000 + 1e-6) / 10)}${lang === "en" ? "%" : " %"}`;
  const UNITS = lang === "en" ? [[1e12, "tn"], [1e9, "bn"], [1e6, "m"]] : [[1e12, "T"], [1e9, "M"], [1e6, "jt"]];
  const rupiah = value => {
    for (const [unit, word] of UNITS) if (value >= unit) return `Rp ${decimal(value / unit)} ${word}`;
    return `Rp ${number(value)}`;
  };
  const WRITE = { number, percent, rupiah };
  const collate = new Intl.Collator(lang, { numeric: true, sensitivity: "base" });
  const order = (a, b) => (typeof a === "string" ? collate.compare(a, b) : a - b);

  const numbers = packed => {
    if (typeof packed === "number") return [packed];
    const found = [];
    let at = 0;
    for (const run of packed ? packed.split(",") : []) {
      const [step, more] = run.split("+").map(Number);
      at += step;
      found.push(at);
      for (let i = 0; i < (more || 0); i++) found.push(++at);
    }
    return found;
  };

  /* A table: what it shows is its rows after search, filters and sorting, one page or all of them. */
  class Shown {
    constructor(box, count, write, value, text, keep) {
      Object.assign(this, { box, count, write, value, text, keep, page: 0, all: false, column: -1, down: false, query: "" });
      this.table = box.querySelector("table");
      this.body = this.table.tBodies[0];
      this.hay = [];
      this.bar = el("div", undefined, "bar");
      this.pager = el("span");
      this.heads();
      if (count > FEW) {
        const label = el("label", words.search);
        this.input = el("input");
        this.input.type = "search";
        this.input.setAttribute("aria-label", `${words.search}: ${this.table.caption.textContent}`);
        this.input.addEventListener("input", () => { this.query = this.input.value; this.refresh(); });
        label.append(this.input);
        this.bar.append(label, this.pager);
        box.querySelector(".scroll").before(this.bar);
      }
      this.said = el("span");
      this.said.setAttribute("role", "status");
      this.pager.append(this.said);
    }
    heads() {
      [...this.table.tHead.rows[0].cells].forEach((head, column) => {
        const button = el("button", head.textContent);
        button.type = "button";
        button.addEventListener("click", () => this.sort(column));
        head.replaceChildren(button);
        head.setAttribute("aria-sort", "none");
      });
    }
    sort(column) {
      const heads = this.table.tHead.rows[0].cells;
      const figure = heads[column].className === "n";
      this.down = this.column === column ? !this.down : figure;
      if (this.column >= 0) heads[this.column].setAttribute("aria-sort", "none");
      heads[column].setAttribute("aria-sort", this.down ? "descending" : "ascending");
      this.column = column;
      this.refresh();
    }
    found() {
      const wanted = this.query.toLowerCase().split(/\s+/).filter(Boolean);
      const rows = [];
      for (let row = 0; row < this.count; row++) {
        if (this.keep && !this.keep(row)) continue;
        if (wanted.length) {
          this.hay[row] ??= this.text(row).toLowerCase();
          if (!wanted.every(word => this.hay[row].includes(word))) continue;
        }
        rows.push(row);
      }
      if (this.column >= 0) {
        const values = new Map(rows.map(row => [row, this.value(row, this.column)]));
        const turn = this.down ? -1 : 1;
        rows.sort((a, b) => {
          const x = values.get(a), y = values.get(b);
          if (x === null || y === null) return (x === null) - (y === null) || a - b;
          return turn * order(x, y) || a - b;
        });
      }
      return rows;
    }
    refresh() { this.page = 0; this.rows = this.found(); this.draw(); if (this.changed) this.changed(this.rows); }
    draw() {
      const from = this.all ? 0 : this.page * PAGE;
      const part = this.all ? this.rows : this.rows.slice(from, from + PAGE);
      const lines = document.createDocumentFragment();
      for (const row of part) lines.append(this.write(row));
      if (!part.length) {
        const cell = el("td", words.nothing);
        cell.colSpan = this.table.tHead.rows[0].cells.length;
        const line = el("tr");
        line.append(cell);
        lines.append(line);
      }
      this.body.replaceChildren(lines);
      this.table.hidden = false;
      this.pages(from, part.length);
    }
    pages(from, many) {
      const total = this.rows.length;
      this.said.textContent = fill(words.rows, { from: number(many ? from + 1 : 0), to: number(from + many), n: number(total) });
      const had = document.activeElement && this.pager.contains(document.activeElement) ? document.activeElement.dataset.go : "";
      this.pager.replaceChildren(this.said);
      if (total > PAGE) {
        const go = (name, able, act) => {
          const button = el("button", words[name]);
          button.type = "button";
          button.dataset.go = name;
          button.disabled = !able;
          button.addEventListener("click", () => { act(); this.draw(); });
          this.pager.append(" ", button);
          if (had === name || (had.startsWith("show") && name.startsWith("show"))) button.focus();
        };
        if (!this.all) {
          go("previous", this.page > 0, () => this.page--);
          go("next", (this.page + 1) * PAGE < total, () => this.page++);
        }
        go(this.all ? "show_pages" : "show_all", true, () => { this.all = !this.all; this.page = 0; });
      }
    }
  }

  const every = [];
  const link = (text, key) => {
    const made = el("a", text);
    made.href = `#butir=${encodeURIComponent(key)}`;
    made.dataset.f = key;
    return made;
  };

  /* Tables of views: cells as texts by number, figures as they are. */
  const view = (box, key) => {
    const { columns, rows, items: behind } = tables[key];
    const shown = (row, column) => {
      const cell = rows[row][column], kind = columns[column][1];
      return cell === null ? DASH : kind === "text" ? strings[cell] : WRITE[kind](cell);
    };
    const value = (row, column) => {
      const cell = rows[row][column];
      return cell !== null && columns[column][1] === "text" ? strings[cell] : cell;
    };
    const kept = box.hasAttribute("data-long") ? null : [...box.querySelector("tbody").rows];
    const write = row => {
      if (kept) return kept[row];
      const line = el("tr"), own = behind[row], many = typeof own === "string" && own !== "";
      const figures = columns.some(([, kind], column) => kind !== "text" && rows[row][column]);
      columns.forEach(([, kind], column) => {
        const text = shown(row, column);
        const cell = el(column ? "td" : "th", undefined, kind === "text" ? wrap(text) : "n");
        if (!column) cell.scope = "row";
        const linked = own !== "" && (many && figures ? kind !== "text" && rows[row][column] : !column);
        cell.append(linked ? link(text, `${key}.${row}`) : text);
        line.append(cell);
      });
      return line;
    };
    const made = new Shown(box, rows.length, write, value, row => columns.map((_, column) => shown(row, column)).join(" "));
    every.push(made);
    if (!kept || rows.length > PAGE) made.refresh();
    else { made.rows = rows.map((_, row) => row); made.pages(0, rows.length); }
  };

  /* The list of items. */
  const box = document.querySelector('[data-t="butir"]');
  const goal = at => goals[at][2];
  const sharesOf = item => (typeof item[SHARES] === "number" ? [[item[SHARES], 1, item[PAGU]]] : item[SHARES]);
  const goalText = item => sharesOf(item).map(([code, part], _, all) =>
    goal(code >> 1) + (all.length > 1 ? ` ${percent(part)}` : "") + (code & 1 ? " \u2713" : ""))
    .concat((item[CLAIMED] || []).map(at => `${goal(at)} (?)`)).join(", ");
  const say = at => (at === null ? DASH : strings[at]);
  const COLUMNS = [
    item => strings[item[NAME]], item => item[CODE] === null ? null : strings[item[CODE]],
    item => item[OFFICE] === null ? null : strings[item[OFFICE]], goalText, item => strings[item[STATUS]],
    item => item[CONF], item => item[PAGU], item => strings[item[WHY]], item => strings[item[PATH]],
    item => item[PLAN],
  ];
  const writeItem = row => {
    const item = items[row], line = el("tr"), name = el("th", strings[item[NAME]], wrap(strings[item[NAME]]));
    name.scope = "row";
    if (item[PARENT] !== null) name.append(el("small", strings[items[item[PARENT]][NAME]]));
    line.append(name, el("td", say(item[CODE])), el("td", say(item[OFFICE])), el("td", goalText(item)),
      el("td", strings[item[STATUS]]), el("td", item[CONF] ? percent(item[CONF]) : DASH, "n"),
      el("td", item[PAGU] === null ? DASH : number(item[PAGU]), "n"), el("td", strings[item[WHY]], "why"),
      el("td", `${strings[item[PATH]]}:${item[LINE]}`, "w place"));
    if (data.plans.length > 1) line.append(el("td", String(item[PLAN] + 1)));
    return line;
  };
  const state = { set: null, goal: null, answer: "", aim: "", office: "", level: "" };
  const keep = row => {
    const item = items[row];
    return (!state.set || state.set.has(row)) && (state.answer === "" || item[STATUS] === Number(state.answer)) &&
      (state.aim === "" || sharesOf(item).some(([code]) => code >> 1 === Number(state.aim))) &&
      (state.office === "" || item[OFFICE] === Number(state.office)) &&
      (state.level === "" || (state.level === "leaves" ? !item[PARTS] : item[PARENT] === null));
  };
  const list = new Shown(box, items.length, writeItem, (row, column) => COLUMNS[column](items[row]),
    row => `${COLUMNS.slice(0, 5).map(read => read(items[row])).join(" ")} ${say(items[row][WHY])} ${say(items[row][PATH])}:${items[row][LINE]}` +
      (items[row][PARENT] === null ? "" : ` ${strings[items[items[row][PARENT]][NAME]]}`), keep);
  every.push(list);

  const selects = {};
  const select = (name, title, choices) => {
    const label = el("label", title), made = el("select");
    made.append(new Option(words.all, ""));
    for (const [value, text] of choices) made.append(new Option(text, value));
    made.addEventListener("change", () => { state[name] = made.value; write(); list.refresh(); });
    label.append(made);
    list.bar.insertBefore(label, list.pager);
    selects[name] = made;
  };
  const used = at => [...new Set(items.map(item => item[at]))].filter(one => one !== null)
    .map(one => [String(one), strings[one]]).sort((a, b) => collate.compare(a[1], b[1]));
  if (!list.input) box.querySelector(".scroll").before(list.bar);
  list.bar.append(list.pager);
  select("answer", words.answer, used(STATUS));
  select("aim", words.goal, goals.map(([code, name], at) => [String(at), code ? `${code} ${name}` : name]));
  select("office", words.office, used(OFFICE));
  select("level", words.level, [["leaves", words.leaves], ["tops", words.tops]]);
  const chips = el("div", undefined, "bar keep"), sums = el("span", undefined, "sums");
  sums.setAttribute("role", "status");
  list.bar.after(chips);

  list.changed = rows => {
    const leaves = rows.some(row => !items[row][PARTS]) ? rows.filter(row => !items[row][PARTS]) : rows;
    const known = leaves.filter(row => items[row][PAGU] !== null);
    const add = values => values.reduce((a, b) => a + b, 0);
    const said = [fill(words.sum, { n: number(leaves.length), pagu: number(add(known.map(row => items[row][PAGU]))) })];
    if (known.length < leaves.length) said.push(fill(words.sum_unknown, { n: number(leaves.length - known.length) }));
    const at = state.goal === null ? -1 : goals.findIndex(([code]) => code === state.goal);
    if (at >= 0) {
      const own = leaves.flatMap(row => sharesOf(items[row])).filter(([code]) => code >> 1 === at);
      said.push(fill(words.sum_goal, {
        goal: goal(at), split: number(add(own.map(one => one[2] || 0))),
        confirmed: number(add(own.filter(([code]) => code & 1).map(one => one[2] || 0))),
      }));
    }
    sums.textContent = said.join("; ");
  };

  const resolve = key => {
    if (Object.hasOwn(sets, key)) return { label: sets[key][0], rows: numbers(sets[key][1]), goal: sets[key][2] };
    const cut = key.lastIndexOf("."), name = key.slice(0, cut), row = Number(key.slice(cut + 1));
    if (!Object.hasOwn(tables, name) || !Number.isInteger(row) || !tables[name].rows[row]) return null;
    const { title, columns, rows, items: behind, goals: of } = tables[name];
    const texts = columns.map(([, kind], column) => (kind === "text" && rows[row][column] !== null ? strings[rows[row][column]] : null));
    return { label: `${title}: ${texts.filter(text => text !== null).slice(0, 2).join(" ")}`, rows: numbers(behind[row]), goal: of ? of[row] || null : null };
  };

  /* The address holds the filter, so that Back works and a filtered list can be linked. */
  const NAMES = { answer: "jawaban", aim: "tujuan", office: "perangkat_daerah", level: "jenjang" };
  let key = "";
  const address = () => {
    const found = new URLSearchParams();
    if (key) found.set("butir", key);
    for (const [name, word] of Object.entries(NAMES)) if (state[name] !== "") found.set(word, state[name]);
    if (list.query) found.set("saring", list.query);
    return found.size ? `#${found}` : "#butir";
  };
  const write = () => history.replaceState(null, "", address());
  if (list.input) list.input.addEventListener("input", write);

  const read = () => {
    const hash = location.hash.slice(1), found = new URLSearchParams(hash.includes("=") ? hash : "");
    key = found.get("butir") || "";
    const chosen = key ? resolve(key) : null;
    state.set = chosen ? new Set(chosen.rows) : null;
    state.goal = chosen ? chosen.goal : null;
    for (const [name, word] of Object.entries(NAMES)) {
      selects[name].value = found.get(word) || "";
      state[name] = selects[name].value || "";
    }
    list.query = found.get("saring") || "";
    if (list.input) list.input.value = list.query;
    chips.replaceChildren();
    if (chosen) {
      const chip = el("span", undefined, "chip"), clear = el("button", "\u00d7");
      clear.type = "button";
      clear.setAttribute("aria-label", words.clear);
      clear.addEventListener("click", () => { key = ""; history.pushState(null, "", address()); read(); heading.focus(); });
      chip.append(el("span", `${words.filter}: ${chosen.label} (${number(chosen.rows.length)} ${words.to_items})`), clear);
      chips.append(chip);
    }
    chips.append(sums);
    list.refresh();
    return Boolean(chosen);
  };
  const heading = document.getElementById("butir-h");
  const go = () => { heading.focus({ preventScroll: true }); heading.scrollIntoView(); };
  let last = null;
  document.addEventListener("click", event => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    let from = event.target.closest("[data-f]");
    if (!from) {
      const cell = event.target.closest("tbody td.n");
      from = cell && cell.parentNode.querySelectorAll("[data-f]").length === 1 ? cell.parentNode.querySelector("[data-f]") : null;
    }
    if (!from) return;
    event.preventDefault();
    last = from;
    history.pushState(null, "", `#butir=${encodeURIComponent(from.dataset.f)}`);
    read();
    go();
  });
  const moved = () => {
    if (read()) go();
    else if (last && last.isConnected && !location.hash.includes("=")) { last.focus({ preventScroll: true }); last = null; }
  };
  addEventListener("popstate", moved);

  for (const one of document.querySelectorAll("a[data-f]")) one.setAttribute("href", `#butir=${encodeURIComponent(one.dataset.f)}`);
  for (const one of document.querySelectorAll(".table[data-t]")) {
    if (one === box) continue;
    const closed = one.closest("details:not([open])");
    if (closed) closed.addEventListener("toggle", () => view(one, one.dataset.t), { once: true });
    else view(one, one.dataset.t);
  }

  /* In a drawing only one link is a tab stop; arrows lead to the others. */
  for (const drawing of document.querySelectorAll("svg.grid, svg.graph")) {
    const links = [...drawing.querySelectorAll("a")];
    links.forEach((one, at) => one.setAttribute("tabindex", at ? "-1" : "0"));
    drawing.addEventListener("keydown", event => {
      const at = links.indexOf(event.target.closest("a"));
      const row = one => Number(one.dataset.row);
      const to = {
        ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1,
        ArrowDown: links[0].dataset.row ? links.findIndex(one => row(one) === row(links[at]) + 1) : at + 1,
        ArrowUp: links[0].dataset.row ? links.findIndex(one => row(one) === row(links[at]) - 1) : at - 1,
      }[event.key];
      if (at < 0 || to === undefined || !links[to]) return;
      event.preventDefault();
      links[at].setAttribute("tabindex", "-1");
      links[to].setAttribute("tabindex", "0");
      links[to].focus();
    });
  }

  /* Only what can be scrolled needs a tab stop. */
  const reach = new ResizeObserver(seen => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const one of document.querySelectorAll(".scroll")) reach.observe(one);

  /* Colours: as the system says, or as chosen. */
  const theme = document.getElementById("theme"), kinds = ["auto", "light", "dark"];
  const paint = kind => {
    if (kind === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = kind;
    theme.textContent = `${words.theme}: ${words[kind]}`;
    theme.dataset.kind = kind;
  };
  let stored = null;
  try { stored = localStorage.getItem("align-theme"); } catch { /* no storage, no memory */ }
  paint(kinds.includes(stored) ? stored : "auto");
  theme.addEventListener("click", () => {
    const kind = kinds[(kinds.indexOf(theme.dataset.kind) + 1) % kinds.length];
    paint(kind);
    try { localStorage.setItem("align-theme", kind); } catch { /* no storage, no memory */ }
  });
  document.getElementById("print").addEventListener("click", () => print());
  document.querySelector(".tools").hidden = false;

  /* On paper all rows of what is open are shown. */
  let before = [];
  addEventListener("beforeprint", () => {
    before = every.filter(one => !one.all && one.rows.length > PAGE);
    for (const one of before) { one.all = true; one.draw(); }
  });
  addEventListener("afterprint", () => {
    for (const one of before) { one.all = false; one.draw(); }
    before = [];
  });

  if (read()) go();
  performance.mark("align-ready");
})();
