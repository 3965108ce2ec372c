/* Plotly in parts: ES modules that share one core, fetched when a chart first needs them (see tools/plotly).
   Dash's chart component waits for window.Plotly if that is a promise, and loads the whole library by itself if
   it is absent: then nothing below applies. */
(function () {
  "use strict";
  const WHOLE = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  const described = document.currentScript && document.currentScript.dataset.plotly;
  if (!described) return;
  const { files, types } = JSON.parse(described);
  const fetched = {}, here = new Set();
  let library = null;

  function webgl() {
    try { return !!document.createElement("canvas").getContext("webgl2"); } catch (error) { return false; }
  }

  /* What the first chart of a page will ask for: fetched early, beside Dash's own scripts. */
  const FIRST = { explore: () => (webgl() ? "map" : "geo"), compare: () => "polar" };

  function part(name) {
    fetched[name] = fetched[name] || import(files[name][0]).then((module) => {
      here.add(name);
      return module.default;
    });
    return fetched[name];
  }

  /* A figure waits for the parts that draw its traces. */
  function gate(plotly) {
    for (const name of ["newPlot", "react", "addTraces"]) {
      const draw = plotly[name].bind(plotly);
      plotly[name] = (target, figure, ...more) => {
        const traces = Array.isArray(figure) ? figure : (figure && (figure.data || [figure])) || [];
        const parts = new Set(traces.map((trace) => types[(trace && trace.type) || "scatter"] || "core"));
        const missing = [...parts].filter((one) => !here.has(one));
        if (!missing.length) return draw(target, figure, ...more);
        return Promise.all(missing.map(part)).then(() => draw(target, figure, ...more));
      };
    }
    window.Plotly = plotly;
    return plotly;
  }

  function wholeLibrary() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: WHOLE, onload: () => resolve(window.Plotly), onerror: reject });
      document.head.append(script);
    });
  }

  function load() {
    library = library || part("core").then(gate, wholeLibrary);
    return library;
  }

  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: load,
    set: (plotly) => Object.defineProperty(window, "Plotly", { configurable: true, writable: true, value: plotly })
  });

  /* All files of a part at once; otherwise each would only be found once the one before it has come. */
  function fetchEarly(name) {
    for (const href of files[name]) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }

  const first = FIRST[window.location.pathname.split("/")[2]];
  if (first) window.requestAnimationFrame(() => { fetchEarly("core"); fetchEarly(first()); });
})();
