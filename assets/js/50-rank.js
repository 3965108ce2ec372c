/* The ranking's grid: cells, and the way from a click on a head or a box to the address. */
(function () {
  "use strict";
  const gco = window.dash_clientside.gco;
  const skip = () => window.dash_clientside.no_update;
  const GRID = "rank-grid", MOST = 10;
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const helpers = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const make = (...parts) => window.React.createElement(...parts);
  const go = (where) => window.dash_clientside.set_props("url", where);
  const query = () => new URLSearchParams(window.location.search);
  const chosen = () => (query().get("ids") || "").split("~").filter(Boolean);
  let shown = "";

  function grid() {
    try { return window.dash_ag_grid.getApi(GRID); } catch (error) { return null; }
  }

  function placeOf(row) {
    const lang = window.location.pathname.split("/")[1];
    const dropped = { unit: null, sort: null, desc: null, columns: null, page: null };
    const added = row.place ? { place: row.place } : { industry: row.id };
    return { pathname: "/" + lang + "/explore", search: gco.set(window.location.search, Object.assign(dropped, added)) };
  }

  function comparison(id) {
    const ids = chosen();
    const at = ids.indexOf(id);
    if (at >= 0) ids.splice(at, 1); else if (ids.length < MOST) ids.push(id); else return null;
    return gco.set(window.location.search, { ids: ids.join("~") });
  }

  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  }

  cells.RankName = function (props) {
    const row = props.data;
    if (!row) return null;
    const target = placeOf(row);
    const follow = (event) => { if (plainClick(event)) { event.preventDefault(); go(placeOf(row)); } };
    const mark = row.sort === undefined ? null
      : make("span", { className: "mark " + row.sort, "aria-hidden": "true" }, row.sort === "science-technology" ? "◆" : "●");
    return make("span", { className: "rank-name" }, mark,
      make("a", { href: target.pathname + target.search, onClick: follow, title: props.value }, props.value));
  };

  cells.RankFigure = function (props) {
    if (!props.value) return null;
    const [text, place, mark, note] = props.value;
    return make("span", { className: "cell", title: note },
      make("span", { className: ("figure " + mark).trim() }, (mark.includes("e") ? "≈ " : "") + text),
      place === null ? null : make("span", { className: "bar", style: { width: place + "%" } }));
  };

  cells.RankCompare = function (props) {
    const row = props.data;
    if (!row) return null;
    const on = chosen().includes(row.id), texts = props.texts;
    const full = !on && chosen().length >= MOST;
    const label = (full ? texts.full : on ? texts.remove : texts.add).replace("{name}", row.name);
    const toggle = () => { const search = comparison(row.id); if (search !== null) go({ search }); };
    return make("button", { type: "button", className: on ? "add on" : "add", "aria-pressed": String(on),
      "aria-label": label, title: label, disabled: full, tabIndex: -1, onClick: toggle }, on ? "−" : "+");
  };

  /* Enter on a name opens its place, Enter or space on the comparison's cell adds or takes out. */
  helpers.rankKey = function (params) {
    const key = params.event && params.event.key, row = params.data, column = params.column && params.column.getColId();
    if (!row || (key !== "Enter" && key !== " ")) return;
    if (column === "name" && key === "Enter") go(placeOf(row));
    else if (column === "compare" && row.id) {
      params.event.preventDefault();
      const search = comparison(row.id);
      if (search !== null) go({ search });
    }
  };

  gco.rank = {
    /* A click on a head has put the grid in another order: the address follows. */
    order: function (request, search, state) {
      const first = request && request.sortModel && request.sortModel[0];
      if (!first || !state || (first.colId === state.order[0] && first.sort === state.order[1])) return skip();
      return gco.set(search, { sort: first.colId, desc: first.sort === "asc" ? "0" : null, page: null });
    },

    /* Boxes have been ticked: the address names the columns, in the order in which they were chosen. */
    choose: function (values, search, state) {
      const ticked = values.flat(), now = new Set(ticked);
      const same = (list) => list.length === now.size && list.every((name) => now.has(name));
      if (!state || same(state.shown)) return skip();
      const kept = state.shown.filter((name) => now.has(name));
      const columns = kept.concat(ticked.filter((name) => !kept.includes(name)));
      return gco.set(search, { columns: same(state.defaults) ? null : columns.join("~") });
    },

    /* Other filters or columns: the rows are fetched anew; a change of the comparison only redraws its cells. */
    refresh: function (state) {
      const api = grid();
      if (!api || !state) return;
      if (shown && shown !== state.key) {
        api.ensureIndexVisible(0, "top");
        const first = api.getAllDisplayedColumns().find((column) => !column.isPinned());
        if (first && shown.split("#")[1] !== state.key.split("#")[1]) api.ensureColumnVisible(first, "start");
        api.refreshInfiniteCache();
      } else {
        api.refreshCells({ force: true, columns: ["compare", "name"] });
      }
      shown = state.key;
    },

    /* The address in a place that exists on this page only. */
    follow: function (search, before) {
      return before.map((old) => (old === (search || "") ? skip() : search || ""));
    },

    /* The first rows stand: the grid may take the place of the server's table. */
    drawn: function (_response) {
      const api = grid();
      if (api && window.innerWidth < 700) {
        api.applyColumnState({ state: [{ colId: "rank", pinned: null, width: 72 }, { colId: "name", pinned: null, width: 210 }] });
      }
      const wait = document.getElementById("rank-wait");
      if (!wait || wait.firstChild) return;
      window.requestAnimationFrame(() => window.requestAnimationFrame(() => {
        const sign = document.createElement("span");
        sign.className = "no-figure";
        wait.appendChild(sign);
      }));
    },
  };
})();
