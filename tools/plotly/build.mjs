/* Cuts plotly.js into the parts of parts.json: ES modules that share one core, each fetched when it is first needed.
   Writes them to build/plotly with a manifest; app.py serves what the manifest lists. The options follow
   plotly.js's own esbuild-config.js. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { environmentPlugin } from "esbuild-plugin-environment";
import { glsl } from "esbuild-plugin-glsl";
import inlineCss from "esbuild-plugin-inline-css";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(here, "../../build/plotly");
const readJson = async (file) => JSON.parse(await readFile(path.join(here, file), "utf-8"));
const parts = await readJson("parts.json");
const { version } = await readJson("node_modules/plotly.js/package.json");

/* A part is a module that registers its trace types with the core and hands the core on. */
const source = (types) => [
  'import Plotly from "plotly.js/lib/core";',
  ...types.map((type, i) => `import t${i} from "plotly.js/lib/${type}";`),
  `Plotly.register([${types.map((_, i) => `t${i}`)}]);`,
  "export default Plotly;"
].join("\n");

const partModules = {
  name: "parts",
  setup(build) {
    build.onResolve({ filter: /^part:/ }, (found) => ({ path: found.path.slice("part:".length), namespace: "part" }));
    build.onLoad({ filter: /./, namespace: "part" }, (found) => ({ contents: source(parts[found.path]), resolveDir: here }));
  }
};

const fresh = `${target}.part`;
await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
const { metafile } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: Object.fromEntries(Object.keys(parts).map((part) => [part, `part:${part}`])),
  entryNames: "[name]-[hash]",
  chunkNames: "shared-[hash]",
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  metafile: true,
  plugins: [partModules, inlineCss(), glsl({ minify: true }), environmentPlugin({ NODE_DEBUG: false })],
  alias: { regl: "@plotly/regl", stream: "stream-browserify" },
  define: { global: "window", "define.amd": "false" },
  target: "es2020",
  logLevel: "warning"
});

/* The one thing of Dash's polyfill that today's browsers still lack: the run time of compiled generator functions. */
const { metafile: small } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { generators: "regenerator-runtime/runtime" },
  entryNames: "[name]-[hash]",
  outdir: fresh,
  bundle: true,
  format: "iife",
  minify: true,
  metafile: true,
  target: "es2020",
  logLevel: "warning"
});

const outputs = Object.entries(metafile.outputs);
const entries = outputs.filter(([, output]) => output.entryPoint).map(([name, output]) => {
  const needed = output.imports.filter((found) => found.kind === "import-statement").map((found) => found.path);
  return [output.entryPoint.slice("part:".length), [name, ...needed].map((file) => path.basename(file))];
});
const types = Object.fromEntries(Object.entries(parts).flatMap(([part, names]) => names.map((name) => [name, part])));
const generators = path.basename(Object.keys(small.outputs)[0]);
const manifest = { version, files: Object.fromEntries(entries.sort()), types, generators };
await writeFile(path.join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
for (const [name, output] of outputs) console.log(`${path.basename(name)} ${Math.round(output.bytes / 1000)} kB`);
