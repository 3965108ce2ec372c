/* The address is the state. One function writes it from the controls, one sets the controls from it.
   Controls are found by their id {type: "control", key, kind, part}; kinds: list, one, text, flag, range. */
(function () {
  "use strict";
  const SEP = "~";
  const gco = (window.dash_clientside = window.dash_clientside || {}).gco = {};
  const skip = () => window.dash_clientside.no_update;
  const written = new Set(); /* addresses our own controls have just written */

  function parse(search) {
    const found = {};
    for (const [key, value] of new URLSearchParams(search || "")) {
      found[key] = key in found ? found[key] + SEP + value : value;
    }
    return found;
  }

  function format(values) {
    const parts = [];
    for (const key of Object.keys(values)) {
      const text = encodeURIComponent(values[key]).replace(/%7E/gi, "~").replace(/%3A/gi, ":").replace(/%2C/gi, ",");
      parts.push(key + "=" + text);
    }
    return parts.length ? "?" + parts.join("&") : "";
  }

  /* Collect one text a key from all controls that share it. */
  function collect(values, ids, before) {
    const lists = {}, single = {}, ranges = {};
    ids.forEach((id, i) => {
      const value = values[i];
      if (id.kind === "list") {
        lists[id.key] = (lists[id.key] || []).concat(value || []);
      } else if (id.kind === "range") {
        const [row, end] = id.part.split("-");
        (ranges[row] = ranges[row] || {})[end] = value === null || value === undefined ? "" : String(value);
      } else if (id.kind === "flag") {
        single[id.key] = value ? "1" : "0";
      } else {
        single[id.key] = value === null || value === undefined ? "" : String(value).trim();
      }
    });
    for (const key of Object.keys(lists)) single[key] = [...new Set(lists[key])].join(SEP);
    const rows = Object.keys(ranges).sort((a, b) => a - b);
    if (rows.length) {
      const shown = rows.map((row) => ranges[row])
        .filter((r) => r.by && (r.low !== "" || r.high !== ""))
        .map((r) => r.by + ":" + r.low + ":" + r.high);
      const beyond = (before.range || "").split(SEP).filter(Boolean).slice(rows.length);
      single.range = shown.concat(beyond).join(SEP);
    }
    return single;
  }

  const sameItems = (a, b) => a.split(SEP).sort().join(SEP) === b.split(SEP).sort().join(SEP);

  gco.write = function (values, ids, search, defaults) {
    const lists = new Set(ids.filter((id) => id.kind === "list").map((id) => id.key));
    const before = parse(search);
    const now = collect(values, ids, before);
    const after = Object.assign({}, before);
    let changed = false;
    for (const key of Object.keys(now)) {
      const fallback = defaults[key] === undefined ? "" : defaults[key];
      const old = key in before ? before[key] : fallback;
      if (now[key] === old || (lists.has(key) && sameItems(now[key], old))) continue;
      changed = true;
      if (now[key] === fallback) delete after[key]; else after[key] = now[key];
    }
    if (!changed) return skip();
    delete after.page;
    const next = format(after);
    written.add(next);
    return next;
  };

  gco.read = function (search, ids, lists, options, defaults, current) {
    if (written.delete(search || "")) return ids.map(skip);
    const known = {};
    lists.forEach((id, i) => { known[id.key + " " + id.part] = new Set((options[i] || []).map((o) => o.value)); });
    const values = parse(search);
    const rangeRows = (values.range || "").split(SEP).filter(Boolean).map((r) => r.split(":"));
    return ids.map((id, i) => {
      const fallback = defaults[id.key] === undefined ? "" : defaults[id.key];
      const text = id.key in values ? values[id.key] : fallback;
      let next = text;
      if (id.kind === "list") {
        const here = known[id.key + " " + id.part];
        next = text.split(SEP).filter((v) => here && here.has(v));
      } else if (id.kind === "flag") {
        next = text === "1";
      } else if (id.kind === "range") {
        const [row, end] = id.part.split("-");
        const found = rangeRows[Number(row)] || ["", "", ""];
        next = found[{ by: 0, low: 1, high: 2 }[end]] || (end === "by" ? "" : null);
        if (end !== "by" && next !== null) next = Number(next);
      }
      return JSON.stringify(next) === JSON.stringify(current[i]) ? skip() : next;
    });
  };

  /* Links to other pages and languages keep the present query. */
  gco.links = function (search, hrefs) {
    return hrefs.map((href) => href.split("?")[0] + (search || ""));
  };

  gco.set = function (search, changes) {
    const values = parse(search);
    for (const key of Object.keys(changes)) {
      if (changes[key] === null || changes[key] === "") delete values[key]; else values[key] = changes[key];
    }
    return format(values);
  };

  /* Once the interactive page has drawn, it takes the place of the server's first view. */
  gco.ready = function (_children) {
    const root = document.documentElement;
    const settle = () => {
      const frame = document.getElementById("frame");
      if (!frame || !frame.firstElementChild) return;
      document.title = frame.firstElementChild.dataset.title || document.title;
      root.lang = frame.firstElementChild.lang || root.lang;
      if (root.dataset.ready) {
        window.scrollTo(0, 0);
        const main = document.getElementById("main");
        if (main) main.focus({ preventScroll: true });
        return;
      }
      const started = performance.now();
      (function wait() {
        const graphs = [...document.querySelectorAll("#react-entry-point .dash-graph")];
        const drawn = graphs.every((g) => g.querySelector(".main-svg, .maplibregl-canvas, .no-figure"));
        if (!drawn && performance.now() - started < 15000) return window.setTimeout(wait, 60);
        foldRails();
        root.dataset.ready = "1";
        const first = document.getElementById("first-view");
        if (first) first.remove();
        window.dispatchEvent(new Event("resize"));
      })();
    };
    window.requestAnimationFrame(() => window.requestAnimationFrame(settle));
    return 1;
  };

  /* On a narrow window the filters wait behind their button. */
  function foldRails() {
    if (!window.matchMedia("(max-width: 860px)").matches) return;
    document.querySelectorAll("details.rail:not([data-met])").forEach((rail) => {
      rail.dataset.met = "1";
      rail.open = false;
    });
  }
  document.addEventListener("DOMContentLoaded", foldRails);

  /* A chart that leaves with its page may still be asked for its size; nobody needs the answer. */
  window.addEventListener("unhandledrejection", (event) => {
    if (String(event.reason && event.reason.message || event.reason).includes("displayed plot div")) event.preventDefault();
  });

  /* Head and toolbar work on every page, also on those that are plain documents. */
  function copyAddress(button) {
    const done = () => {
      const before = button.textContent;
      button.textContent = button.dataset.done || before;
      window.setTimeout(() => { button.textContent = before; }, 1600);
    };
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(window.location.href).then(done);
    else window.prompt("", window.location.href);
  }

  function switchTheme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { window.localStorage.setItem("gco-theme", root.dataset.theme); } catch (error) { /* private mode */ }
    window.dispatchEvent(new Event("gco-theme"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#theme, #copy-link");
    if (!button) return;
    if (button.id === "theme") switchTheme(); else copyAddress(button);
  });

  try {
    const kept = window.localStorage.getItem("gco-theme");
    if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
  } catch (error) { /* private mode */ }
})();
