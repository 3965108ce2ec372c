/* The map page in the browser: draws the server's figure in the tokens of the colour scheme (with WebGL 2 as
   scattermap, without as scattergeo), keeps the view, and turns clicks and outlines into addresses. */
(function () {
  "use strict";
  const gco = window.dash_clientside.gco;
  const explore = gco.explore = {};
  const skip = () => window.dash_clientside.no_update;
  /* The server's first view has the same ids until the interactive page takes its place. */
  const byId = (id) => document.querySelector("#react-entry-point #" + id);
  const NORTH = 77, SOUTH = -59.5, CORNERS = 48, CLOSE = 5, FLAT = 1;
  const AS_THEY_ARE = new Set(["customdata", "hovertext", "lon", "lat", "text", "locations", "z"]);
  let served = null, spot = null, ringed = null, clicked = "", boundsNow = "", drawings = 0, hooked = null, land = null;

  function hasWebGL() {
    if (explore.webgl === undefined) {
      try { explore.webgl = !!document.createElement("canvas").getContext("webgl2"); } catch (error) { explore.webgl = false; }
    }
    return explore.webgl;
  }

  const box = () => document.querySelector("#react-entry-point .map-box");
  const graph = () => document.querySelector("#explore-map .js-plotly-plot");
  function liveMap() {
    const plot = graph();
    const part = plot && plot._fullLayout && plot._fullLayout.map;
    return part && part._subplot && part._subplot.map ? part._subplot.map : null;
  }

  /* Tokens of the style sheet in the place of var(--token). */
  function coloured(node, styles) {
    if (typeof node === "string") {
      return node.startsWith("var(--") ? styles.getPropertyValue(node.slice(4, -1)).trim() : node;
    }
    if (Array.isArray(node)) return node.map((child) => coloured(child, styles));
    if (node === null || typeof node !== "object") return node;
    const copy = {};
    for (const key of Object.keys(node)) copy[key] = AS_THEY_ARE.has(key) ? node[key] : coloured(node[key], styles);
    return copy;
  }

  const mercator = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360)) / (2 * Math.PI);
  const latitude = (y) => (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) * 180 / Math.PI;

  /* The world in the box, exactly as the SVG before it: as wide as the box, cut at north and south. */
  function wholeWorld() {
    const width = box() ? box().clientWidth : 900, height = box() ? box().clientHeight : 500;
    const top = mercator(NORTH), bottom = mercator(SOUTH);
    const world = Math.max(width, height / (bottom - top));
    return { center: { lon: 0, lat: latitude((top + bottom) / 2) }, zoom: Math.log2(world / 512) };
  }

  function view() {
    const map = liveMap();
    if (!map) return wholeWorld();
    const centre = map.getCenter();
    return { center: { lon: centre.lng, lat: centre.lat }, zoom: map.getZoom() };
  }

  function paint() {
    const figure = coloured(served, window.getComputedStyle(document.documentElement));
    figure.layout.selections = [];
    figure.layout.selectionrevision = ++drawings;
    const plot = graph();
    if (plot && plot.layout && plot.layout.dragmode) figure.layout.dragmode = plot.layout.dragmode;
    if (!hasWebGL()) return plain(figure);
    const style = figure.layout.map.style;
    style.id = "gco" + style.layers.map((layer) => Object.values(layer.paint).join()).join();
    Object.assign(figure.layout.map, view());
    return figure;
  }

  /* The same frame without WebGL: SVG marks on our own outlines. */
  function plain(figure) {
    const layout = figure.layout, sea = layout.paper_bgcolor, paints = layout.map.style.layers;
    delete layout.map;
    layout.geo = {
      visible: false, bgcolor: sea, projection: { type: "mercator", scale: FLAT },
      lonaxis: { range: [-180, 180] }, lataxis: { range: [SOUTH, NORTH] }, center: { lon: 0, lat: wholeWorld().center.lat }
    };
    const names = { scattermap: "scattergeo", choroplethmap: "choropleth" };
    for (const trace of figure.data) {
      trace.type = names[trace.type] || trace.type;
      if (trace.mode === "text") delete trace.marker;
      else if (trace.marker && trace.mode) trace.marker.line = { width: 0 };
    }
    const got = land || fetch(layout.meta.land).then((answer) => answer.json());
    return Promise.resolve(got).then((outlines) => {
      land = outlines;
      const colour = paints[1] ? paints[1].paint["fill-color"] : sea;
      figure.data.unshift({
        type: "choropleth", name: "land", geojson: outlines, featureidkey: "properties.id", hoverinfo: "skip",
        locations: outlines.features.map((feature) => feature.properties.id), z: outlines.features.map(() => 0),
        colorscale: [[0, colour], [1, colour]], showscale: false, showlegend: false,
        marker: { line: { width: 0.5, color: paints[2] ? paints[2].paint["line-color"] : sea } }
      });
      return figure;
    });
  }

  explore.address = (search) => search || "";

  explore.draw = function (figure) {
    if (!figure || !figure.layout) return skip();
    served = figure;
    window.setTimeout(settle, 0);
    return paint();
  };

  function repaint() {
    if (!served || !graph()) return;
    Promise.resolve(paint()).then((figure) => window.dash_clientside.set_props("explore-map", { figure: figure }));
  }

  /* Once the map has drawn, the SVG below it may go; afterwards the view follows what was asked for. */
  function settle() {
    const plot = graph(), part = box(), map = liveMap();
    const there = plot && (map || (!hasWebGL() && plot._fullLayout && plot._fullLayout.geo));
    if (!part || !there) return void window.setTimeout(settle, 50);
    if (hooked !== plot) {
      hooked = plot;
      plot.on("plotly_hover", (event) => mark(event.points[0]));
      plot.on("plotly_unhover", () => mark(null));
      plot.on("plotly_relayout", ring);
      new ResizeObserver(() => window.Plotly.Plots.resize(plot)).observe(part);
      if (map) {
        map.on("moveend", keep);
        map.on("move", ring);
        map.on("styledata", () => showAll(map));
        map.on("idle", () => rest(map, part));
      }
    }
    if (!map || map.loaded()) rest(map, part);
  }

  /* The map has drawn everything it was given. */
  function rest(map, part) {
    if (map && !showAll(map)) return;
    const first = !part.classList.contains("drawn");
    part.classList.add("drawn");
    if (first) arrive(false);
    fit();
    part.classList.add("arrived");
    ring();
  }

  /* Plotly lets letters make way for each other; our diamonds are marks and must all be seen. True once there are marks. */
  function showAll(map) {
    const style = map.getStyle(), layers = style ? style.layers.filter((layer) => layer.id.startsWith("plotly-")) : [];
    for (const layer of layers) {
      if (layer.type !== "symbol" || (layer.layout && layer.layout["text-allow-overlap"])) continue;
      map.setLayoutProperty(layer.id, "text-allow-overlap", true);
      map.setLayoutProperty(layer.id, "text-ignore-placement", true);
    }
    return layers.length > 0;
  }

  function fit() {
    const bounds = served && served.layout.meta.bounds, text = JSON.stringify(bounds || "");
    if (text === boundsNow) return;
    const first = boundsNow === "" && !spot;
    boundsNow = text;
    const map = liveMap();
    if (!bounds || !map || spot && !first) return;
    const animate = !first && !still();
    map.fitBounds([[bounds[0], bounds[1]], [bounds[2], bounds[3]]], { padding: 50, maxZoom: 6, animate: animate });
  }

  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* What the map library has moved to becomes the figure's own view, else the next drawing would jump back. */
  function keep() {
    const plot = graph(), now = view();
    if (!plot || !plot.layout.map) return;
    Object.assign(plot.layout.map, now);
    Object.assign(plot._fullLayout.map, now);
  }

  function fly(place, zoom) {
    const map = liveMap();
    if (!map) return;
    const target = { center: [place.lon, place.lat], zoom: Math.max(map.getZoom(), zoom) };
    if (still() || !box().classList.contains("arrived")) map.jumpTo(target); else map.flyTo({ ...target, duration: 900 });
  }

  /* The ring lies over the map as a part of the page, so that it can move without drawing the map anew. */
  function halo(place) { ringed = place; ring(); }
  function ring() {
    const part = box() && box().querySelector(".ring"), map = liveMap(), plot = graph();
    if (!part || !plot) return;
    let at = null;
    if (ringed && map) { const p = map.project([ringed.lon, ringed.lat]); at = [p.x, p.y]; }
    else if (ringed && plot._fullLayout.geo) at = plot._fullLayout.geo._subplot.projection([ringed.lon, ringed.lat]);
    part.style.display = at ? "block" : "none";
    if (at) part.style.transform = `translate(${at[0]}px, ${at[1]}px)`;
  }

  const placeOf = (node) => node && node.dataset.lon
    ? { id: node.dataset.place, lon: Number(node.dataset.lon), lat: Number(node.dataset.lat) } : null;

  /* The card has changed: mark its place, and go there unless it was chosen on the map itself. */
  function arrive(moved) {
    const place = placeOf(document.querySelector("#react-entry-point .place-card"));
    if (moved && JSON.stringify(place) === JSON.stringify(spot)) return;
    spot = place;
    halo(place);
    if (place && place.id !== clicked) fly(place, CLOSE);
    clicked = "";
  }

  explore.follow = function () {
    window.requestAnimationFrame(() => window.requestAnimationFrame(() => arrive(true)));
  };

  explore.choose = function (event, search) {
    const point = event && event.points && event.points[0];
    if (!point || !Array.isArray(point.customdata)) return skip();
    clicked = point.customdata[0];
    window.setTimeout(() => window.dash_clientside.set_props("explore-map", { clickData: null }), 0);
    return gco.set(search, { place: clicked });
  };

  /* At most 48 corners: the least telling one goes first (smallest triangle with its neighbours). */
  function simplify(points) {
    const kept = points.slice();
    const size = (i) => {
      const a = kept[(i + kept.length - 1) % kept.length], b = kept[i], c = kept[(i + 1) % kept.length];
      return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]));
    };
    while (kept.length > CORNERS) {
      let least = 0;
      for (let i = 1; i < kept.length; i++) if (size(i) < size(least)) least = i;
      kept.splice(least, 1);
    }
    return kept;
  }

  const held = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(2).replace(/\.?0+$/, "");
  explore.area = (points) => simplify(points).map((p) => held(p[0], 540) + "," + held(p[1], 90)).join("~");
  const rectangle = (w, s, e, n) => [[w, s], [w, n], [e, n], [e, s]];

  explore.outline = function (event, search) {
    if (!event) return skip();
    const lasso = event.lassoPoints && (event.lassoPoints.map || event.lassoPoints.geo);
    const range = event.range && (event.range.map || event.range.geo);
    const points = lasso || (range && rectangle(range[0][0], range[0][1], range[1][0], range[1][1]));
    if (!points || points.length < 3) return skip();
    window.setTimeout(() => { drag("pan"); window.dash_clientside.set_props("explore-map", { selectedData: null }); }, 0);
    boundsNow = "kept";
    return gco.set(search, { area: explore.area(points), page: null });
  };

  explore.limit = function (event, search) {
    return event && event.area ? gco.set(search, { area: event.area, page: null }) : skip();
  };

  function drag(mode) {
    const plot = graph();
    if (!plot) return;
    if (plot.layout.dragmode === mode) mode = "pan";
    window.Plotly.relayout(plot, { dragmode: mode });
    document.querySelectorAll(".map-tools [data-tool]").forEach((button) => {
      const own = { box: "select", lasso: "lasso" }[button.dataset.tool];
      if (own) button.setAttribute("aria-pressed", String(own === mode));
    });
  }

  function inView() {
    const map = liveMap(), plot = graph();
    if (map) {
      const b = map.getBounds();
      return rectangle(b.getWest(), b.getSouth(), b.getEast(), b.getNorth());
    }
    const geo = plot._fullLayout.geo;
    return rectangle(geo.lonaxis.range[0], geo.lataxis.range[0], geo.lonaxis.range[1], geo.lataxis.range[1]);
  }

  function scale(factor) {
    const plot = graph(), map = liveMap();
    if (map) {
        map.zoomTo(map.getZoom() + Math.log2(factor), { animate: !still() });
    } else if (plot) {
      window.Plotly.relayout(plot, { "geo.projection.scale": plot._fullLayout.geo.projection.scale * factor });
    }
  }

  const TOOLS = {
    zoom_in: () => scale(2),
    zoom_out: () => scale(0.5),
    box: () => drag("select"),
    lasso: () => drag("lasso"),
    view: () => { boundsNow = "kept"; window.dash_clientside.set_props("explore-event", { data: { area: explore.area(inView()), at: Date.now() } }); },
    world: () => {
      const map = liveMap(), world = wholeWorld();
      if (map) {
            map.easeTo({ center: [world.center.lon, world.center.lat], zoom: world.zoom, animate: !still() });
      } else if (graph()) {
        window.Plotly.relayout(graph(), { "geo.projection.scale": FLAT, "geo.center": { lon: 0, lat: world.center.lat } });
      }
    }
  };

  /* Map to list: the row of the mark under the pointer. List to map: the mark of the row. */
  function mark(point) {
    document.querySelectorAll(".places tr.near").forEach((row) => row.classList.remove("near"));
    const id = point && Array.isArray(point.customdata) ? point.customdata[0] : "";
    const row = id && document.querySelector('.places tr[data-place="' + CSS.escape(id) + '"]');
    if (row) row.classList.add("near");
  }

  function point(row) {
    const place = placeOf(row), map = liveMap();
    if (!place) return;
    halo(place);
    if (map && !map.getBounds().contains([place.lon, place.lat])) fly(place, map.getZoom());
  }

  function walk(event, links) {
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (at < 0 || to === undefined || !links[to]) return;
    event.preventDefault();
    links[to].focus();
  }

  /* The search box as a combobox. */
  const options = () => [...document.querySelectorAll("#react-entry-point #explore-hits .option")];
  function show(open) {
    const hits = byId("explore-hits"), input = byId("explore-search");
    if (!hits || !input) return;
    hits.classList.toggle("open", open && hits.childElementCount > 0);
    input.setAttribute("aria-expanded", String(open && options().length > 0));
    if (!open) activate(null);
  }
  function activate(option) {
    const input = byId("explore-search");
    options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else if (input) {
      input.removeAttribute("aria-activedescendant");
    }
  }
  function combobox(event) {
    const found = options(), at = found.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") return show(false);
    if (event.key === "Enter") {
      event.preventDefault();
      const chosen = found[Math.max(at, 0)];
      if (chosen) chosen.querySelector("a").click();
      return undefined;
    }
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? found.length - 1 : at - 1 }[event.key];
    if (to === undefined || !found.length) return undefined;
    event.preventDefault();
    show(true);
    return activate(found[(to + found.length) % found.length]);
  }

  /* Parts that have just come to the page get what markup alone cannot give them. */
  function equip() {
    const under = byId("explore-map-under"), first = document.querySelector("#first-view .world-svg");
    if (under && first && !under.firstChild && !document.documentElement.dataset.ready) under.append(first.cloneNode(true));
    const input = byId("explore-search");
    if (input && !input.hasAttribute("role")) {
      const given = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "explore-hits" };
      for (const name of Object.keys(given)) input.setAttribute(name, given[name]);
      new MutationObserver(() => {
        options().forEach((option, i) => { option.id = "hit-" + i; option.setAttribute("aria-selected", "false"); });
        show(document.activeElement === input);
      }).observe(byId("explore-hits"), { childList: true, subtree: true });
    }
    document.querySelectorAll(".page.explore details.rail:not([data-met])").forEach((rail) => {
      rail.dataset.met = "1";
      if (window.matchMedia("(max-width: 860px)").matches) rail.open = false;
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    equip();
    new MutationObserver(equip).observe(document.body, { childList: true, subtree: true });
    new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  });
  document.addEventListener("click", (event) => {
    const tool = event.target.closest(".map-tools [data-tool]");
    if (tool) TOOLS[tool.dataset.tool]();
    if (event.target.closest("#explore-hits a")) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "explore-search") combobox(event);
    else if (event.target.closest && event.target.closest(".places")) walk(event, [...document.querySelectorAll("#react-entry-point .place-link")]);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.id === "explore-search") show(true);
    else if (!event.target.closest(".search")) show(false);
    if (event.target.classList.contains("place-link")) point(event.target.closest("tr"));
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.classList.contains("place-link")) halo(spot);
  });
  document.addEventListener("mouseover", (event) => {
    const row = event.target.closest && event.target.closest(".places tr[data-place]");
    if (row) halo(placeOf(row));
  });
  document.addEventListener("mouseout", (event) => {
    if (event.target.closest && event.target.closest(".places tr[data-place]")) halo(spot);
  });
  document.addEventListener("submit", (event) => {
    if (document.documentElement.dataset.ready && event.target.closest(".page.explore")) event.preventDefault();
  });
})();
