/* The comparison: colours of the present scheme, panels that fit the width, keys of the chart, pictures to take away. */
(function () {
  "use strict";
  const gco = window.dash_clientside.gco;
  const compare = gco.compare = {};
  let served = null;

  const byId = (id) => document.getElementById(id);
  const graph = () => document.querySelector("#react-entry-point #compare-chart .js-plotly-plot");

  /* Tokens become the colours they stand for in the present scheme. */
  function paint(figure) {
    const style = getComputedStyle(document.documentElement), known = {};
    const text = JSON.stringify(figure).replace(/var\((--[\w-]+)\)/g, (whole, name) =>
      known[name] || (known[name] = style.getPropertyValue(name).trim() || "#888"));
    return JSON.parse(text);
  }

  const columns = (width, panels) => Math.min(panels, width >= 960 ? 3 : width >= 600 ? 2 : 1);

  /* Every panel gets a square for its circle, with room for the labels around it and for its title. */
  function place(layout, width, height, head) {
    const meta = layout.meta || {}, panels = meta.panels || 0;
    if (!panels) return layout;
    const many = panels > 1, cols = columns(width, panels), rows = Math.ceil(panels / cols);
    const cellWidth = width / cols, cellHeight = (height - head) / rows;
    const side = Math.min(112, cellWidth * 0.27), top = many ? 58 : 44;
    /* An even number of axes has a corner, and a label, at the bottom. */
    const bottom = layout.polar.angularaxis.tickvals.length % 2 ? 14 : 44;
    if (width < 480) layout.font = Object.assign({}, layout.font, { size: 11 });
    layout.annotations = (layout.annotations || []).filter((a) => a.name !== "panel");
    for (let i = 0; i < panels; i++) {
      const x = (i % cols) * cellWidth, y = head + Math.floor(i / cols) * cellHeight;
      layout[i ? "polar" + (i + 1) : "polar"].domain = {
        x: [(x + side) / width, (x + cellWidth - side) / width],
        y: [1 - (y + cellHeight - bottom) / height, 1 - (y + top) / height]
      };
      if (many) layout.annotations.push({
        name: "panel", text: "<b>" + meta.titles[i] + "</b>", showarrow: false, xref: "paper", yref: "paper",
        x: (x + cellWidth / 2) / width, y: 1 - (y + 4) / height, xanchor: "center", yanchor: "top", font: { size: 13 }
      });
    }
    return layout;
  }

  function fitted(figure) {
    const frame = document.querySelector("#react-entry-point #compare-frame");
    const drawn = paint({ data: figure.data, layout: figure.layout });
    if (frame && frame.clientWidth) place(drawn.layout, frame.clientWidth, frame.clientHeight, 0);
    return drawn;
  }

  compare.draw = function (figure) {
    served = figure;
    return figure ? fitted(figure) : { data: [], layout: {} };
  };

  function redraw() {
    const plot = graph();
    if (!plot || !served || !served.data.length) return;
    const drawn = fitted(served);
    window.Plotly.react(plot, drawn.data, drawn.layout);
  }

  /* A picture carries what a reader of it needs: title, scale, legend, sources, date and address. */
  function lines(text, width) {
    const most = Math.floor(width / 6.6), out = [""];
    const words = String(text).split(/\s+/).flatMap((word) => word.match(new RegExp(".{1," + most + "}", "g")) || []);
    for (const word of words) {
      const last = out.length - 1;
      if ((out[last] + " " + word).trim().length > most && out[last]) out.push(word);
      else out[last] = (out[last] + " " + word).trim();
    }
    return out;
  }

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  function picture(kind) {
    if (!served || !served.picture || !window.Plotly) return;
    const about = served.picture, today = new Date(), figure = paint({ data: served.data, layout: served.layout });
    const layout = figure.layout, panels = (layout.meta || {}).panels || 0, width = 1200;
    const style = getComputedStyle(document.documentElement), ink = style.getPropertyValue("--ink").trim();
    const muted = style.getPropertyValue("--muted").trim();
    const date = new Intl.DateTimeFormat(about.lang, { dateStyle: "long" }).format(today);
    const title = lines(about.title, width * 0.62), subtitle = lines(about.subtitle, width);
    const foot = [...lines(about.sources, width), ...lines(about.made + " · " + date, width), ...lines(window.location.href, width)];
    const units = figure.data.filter((trace) => !["median", "span"].includes(trace.name));
    const rowsOfLegend = panels > 1 ? 0 : units.length;
    const head = 30 + title.length * 28 + subtitle.length * 18 + rowsOfLegend * 22 + 12, tail = foot.length * 17 + 36;
    const chart = panels > 1 ? Math.ceil(panels / 3) * 320 : panels ? 560 : 60 + 54 * (layout.yaxis.tickvals || []).length;
    const height = head + chart + tail;
    const note = (text, y, size, colour, anchor) => ({
      text: escape(text), showarrow: false, xref: "paper", yref: "paper", xanchor: "left", yanchor: anchor, align: "left",
      x: 28 / width, y: 1 - y / height, font: { size: size, color: colour }
    });
    let y = 26;
    layout.annotations = [];
    title.forEach((text) => { layout.annotations.push(note(text, y, 22, ink, "top")); y += 28; });
    subtitle.forEach((text) => { layout.annotations.push(note(text, y, 13, muted, "top")); y += 18; });
    foot.forEach((text, i) => layout.annotations.push(note(text, height - tail + 22 + i * 17, 12, muted, "top")));
    if (panels) {
      layout.margin = { l: 0, r: 0, t: 0, b: 0 };
      place(layout, width, height - tail, head);
      for (let i = 0; i < panels; i++) {
        const polar = layout[i ? "polar" + (i + 1) : "polar"];
        polar.domain.y = polar.domain.y.map((v) => 1 - (1 - v) * (height - tail) / height);
      }
      layout.annotations.forEach((a) => { if (a.name === "panel") a.y = 1 - (1 - a.y) * (height - tail) / height; });
    } else {
      layout.margin = { l: 190, r: 60, t: head + 30, b: tail };
      layout.annotations.forEach((a) => {
        a.x = (28 - 190) / (width - 250);
        a.y = (a.y * height - tail) / (height - head - 30 - tail);
      });
      layout.yaxis.automargin = false;
    }
    layout.showlegend = rowsOfLegend > 0;
    const inner = layout.margin;
    layout.legend = {
      x: panels ? 28 / width : (28 - 190) / (width - 250), xanchor: "left", yanchor: "top", bgcolor: "rgba(0,0,0,0)",
      y: panels ? 1 - (y + 2) / height : (height - y - 2 - tail) / (height - inner.t - tail), font: { size: 13 }
    };
    Object.assign(layout, { width: width, height: height, autosize: false, paper_bgcolor: style.getPropertyValue("--paper").trim() });
    units.forEach((trace) => { trace.showlegend = true; if (trace.marker) trace.marker = Object.assign({}, trace.marker); });
    const name = about.file + "-" + today.toISOString().slice(0, 10);
    return window.Plotly.toImage({ data: figure.data, layout: layout }, { format: kind, width: width, height: height, scale: kind === "png" ? 2 : 1 })
      .then((address) => {
        const link = document.createElement("a");
        link.href = address;
        link.download = name + "." + kind;
        document.body.append(link);
        link.click();
        link.remove();
      });
  }
  compare.picture = picture;

  /* The address follows the control; the control is the one place that knows the chart. */
  function choose(chart) {
    window.dash_clientside.set_props({ type: "control", key: "chart", kind: "one", part: "" }, { value: chart });
  }

  /* Suggestions: arrows walk from the field into the list and back. */
  const hits = () => [...document.querySelectorAll("#react-entry-point #compare-hits a")];
  function walk(event) {
    const found = hits(), at = found.indexOf(document.activeElement), field = byId("compare-search");
    if (event.key === "Escape") return void empty();
    if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      if (found[0]) found[0].click();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = found[at + step];
    if (next) next.focus(); else if (at + step < 0 && field) field.focus();
  }
  function empty() {
    window.dash_clientside.set_props("compare-search", { value: "" });
    window.dash_clientside.set_props("compare-hits", { children: [] });
    const field = byId("compare-search");
    if (field) field.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.closest && event.target.closest(".page.compare .unit-search")) return walk(event);
    const chart = { r: "radar", d: "dots", t: "table" }[event.key.toLowerCase()];
    if (chart && event.target.id === "compare-frame" && !event.ctrlKey && !event.metaKey && !event.altKey) choose(chart);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (button) {
      picture(button.dataset.picture);
      button.closest("details").open = false;
    }
    if (event.target.closest("#react-entry-point #compare-hits a")) window.setTimeout(empty, 0);
  });
  document.addEventListener("submit", (event) => {
    if (document.documentElement.dataset.ready && event.target.closest(".page.compare")) event.preventDefault();
  });
  let width = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    window.requestAnimationFrame(redraw);
  });
  document.addEventListener("DOMContentLoaded", () => {
    width = window.innerWidth;
    new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  });
})();
