/* The map as a picture: the server's drawing of the present view with title, legend, sources, date and address. */
(function () {
  "use strict";
  const WIDTH = 1400, EDGE = 28, NS = "http://www.w3.org/2000/svg";
  const PAINT = ["fill", "stroke", "stroke-width", "stroke-linecap", "fill-rule", "vector-effect"];

  async function drawing() {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("svg.world-svg");
  }

  /* Tokens of the style sheet become colours in the drawing itself. */
  function settle(map) {
    const room = document.createElement("div");
    room.style.cssText = "position:absolute;left:-99999px;width:1000px";
    document.body.append(room);
    room.append(map);
    map.querySelectorAll("path, use").forEach((part) => {
      const seen = getComputedStyle(part);
      const inherits = part.closest("defs") ? ["stroke", "stroke-width"] : [];
      PAINT.filter((name) => !inherits.includes(name)).forEach((name) => { if (!part.hasAttribute(name)) part.setAttribute(name, seen.getPropertyValue(name)); });
    });
    room.remove();
    return map;
  }

  function wrap(text, size) {
    const most = Math.floor((WIDTH - 2 * EDGE) / (size * 0.53)), out = [""];
    for (const word of String(text).split(/\s+/)) {
      const last = out[out.length - 1];
      if ((last + " " + word).trim().length > most && last) out.push(word); else out[out.length - 1] = (last + " " + word).trim();
    }
    return out.filter(Boolean);
  }

  function compose(map, about) {
    const style = getComputedStyle(document.documentElement), token = (name) => style.getPropertyValue(name).trim();
    const svg = document.createElementNS(NS, "svg");
    let y = 18;
    const write = (text, size, colour, weight) => wrap(text, size).forEach((line) => {
      const node = document.createElementNS(NS, "text");
      y += size * 1.35;
      Object.entries({ x: EDGE, y, "font-size": size, fill: colour, "font-weight": weight, "font-family": "system-ui, sans-serif" })
        .forEach(([name, value]) => node.setAttribute(name, value));
      node.textContent = line;
      svg.append(node);
    });
    write(about.title, 24, token("--ink"), 650);
    if (about.subtitle) write(about.subtitle, 14, token("--muted"), 400);
    const box = map.viewBox.baseVal, height = WIDTH * box.height / box.width;
    y += 16;
    Object.entries({ x: 0, y, width: WIDTH, height }).forEach(([name, value]) => map.setAttribute(name, value));
    map.removeAttribute("class");
    svg.append(map);
    y += height + 8;
    const legend = document.querySelector("#explore-legend");
    if (legend) write(legend.innerText.replace(/\s*\n+\s*/g, "  ·  "), 14, token("--ink"), 400);
    const date = new Intl.DateTimeFormat(about.lang, { dateStyle: "long" }).format(new Date());
    [about.sources, about.made + " · " + date, window.location.href].forEach((text) => write(text, 12, token("--muted"), 400));
    y += 20;
    svg.setAttribute("xmlns", NS);
    svg.setAttribute("viewBox", "0 0 " + WIDTH + " " + Math.ceil(y));
    svg.setAttribute("width", WIDTH);
    svg.setAttribute("height", Math.ceil(y));
    const paper = document.createElementNS(NS, "rect");
    Object.entries({ width: "100%", height: "100%", fill: token("--paper") }).forEach(([n, v]) => paper.setAttribute(n, v));
    svg.prepend(paper);
    return svg;
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function take(kind, about) {
    const found = await drawing();
    if (!found) return;
    const svg = compose(settle(document.importNode(found, true)), about);
    const name = about.file + "-" + new Date().toISOString().slice(0, 10);
    const source = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
    if (kind === "svg") return save(source, name + ".svg");
    const image = new Image();
    image.src = URL.createObjectURL(source);
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * WIDTH;
    canvas.height = 2 * Number(svg.getAttribute("height"));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => save(blob, name + ".png"), "image/png");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-map-picture]");
    if (!button) return;
    take(button.dataset.mapPicture, button.closest("ul").dataset);
    button.closest("details").open = false;
  });
})();
