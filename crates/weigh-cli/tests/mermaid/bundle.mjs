// Makes flowchart.js: Mermaid's own code from the text of a flowchart to what it understood, for an engine without a page.
//
// Nothing of what reads a diagram is changed. What draws it is left out: packages and chunks that need a page, the other
// kinds of diagrams, the colours of the themes. Each of them becomes a thing that answers anything with itself.
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const mermaid = join(here, 'node_modules/mermaid');
const { version, license } = JSON.parse(await readFile(join(mermaid, 'package.json'), 'utf8'));

/** Packages that draw. */
const DRAWS = /^(d3(-.*)?|dompurify|katex|roughjs|dagre-d3-es.*|cytoscape.*|marked|khroma|stylis|fastdom.*|uuid|dayjs.*|@iconify\/.*|@upsetjs\/.*|@mermaid-js\/.*)$/;
/** Parts of Mermaid that draw, and those that read: its chunks name what stands in them. */
const DRAWING = /^\/\/ src\/rendering-util\//m;
const READING = /^\/\/ src\/(utils|config|diagrams\/(flowchart|common)\/.*)\.ts$/m;

const NOTHING = `
  const nothing = new Proxy(function () {}, {
    get: (_, key) => (key === 'sanitize' ? (text) => text : key === Symbol.toPrimitive ? () => '' : nothing),
    apply: () => nothing,
    construct: () => nothing,
  });
  module.exports = nothing;`;

/** Chunks that draw and read nothing. */
async function drawingChunks() {
  const folder = join(mermaid, 'dist/chunks/mermaid.core');
  const found = new Set();
  for (const name of (await readdir(folder)).filter((name) => name.endsWith('.mjs'))) {
    const text = await readFile(join(folder, name), 'utf8');
    if (DRAWING.test(text) && !READING.test(text)) found.add(name);
  }
  return found;
}

/** The themes give way to the same names without a colour. */
function withoutThemes(text) {
  const first = text.indexOf('// src/themes/');
  if (first < 0) return text;
  const end = text.indexOf('\n// src/', text.lastIndexOf('// src/themes/'));
  const names = [...text.slice(first, end).matchAll(/^(?:var|let|const|function|class) (\w+)/gm)].map(([, name]) => name);
  if (!names.includes('themes_default')) throw new Error('the table of themes is not where it was');
  const bare = names.filter((name) => name !== 'themes_default').map((name) => `var ${name} = () => ({});`);
  const themes = 'var themes_default = { default: { getThemeVariables: () => ({}) } };';
  return [text.slice(0, first), ...bare, themes, text.slice(end)].join('\n');
}

const chunks = await drawingChunks();
if (chunks.size === 0) throw new Error('no chunk was found that only draws');

const leaveOut = {
  name: 'leave out what draws',
  setup(bundler) {
    bundler.onResolve({ filter: /.*/ }, ({ path, kind }) => {
      const otherDiagram = kind === 'dynamic-import' && !path.includes('/flowDiagram-');
      const draws = otherDiagram || DRAWS.test(path) || chunks.has(path.split('/').at(-1));
      return draws ? { path: 'nothing', namespace: 'left-out' } : undefined;
    });
    bundler.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: NOTHING, loader: 'js' }));
    // What takes front matter and comments off a diagram is inside Mermaid's entry.
    bundler.onLoad({ filter: /mermaid\.core\.mjs$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\nexport { preprocessDiagram };`,
      loader: 'js',
    }));
    bundler.onLoad({ filter: /chunk-[^/]*\.mjs$/ }, async ({ path }) => ({
      contents: withoutThemes(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

await build({
  entryPoints: [join(here, 'entry.mjs')],
  outfile: join(here, 'flowchart.js'),
  bundle: true,
  minify: true,
  charset: 'ascii',
  target: 'es2020',
  format: 'iife',
  legalComments: 'inline',
  plugins: [leaveOut],
  banner: {
    js: `// Mermaid ${version} (https://www.npmjs.com/package/mermaid, ${license}, see LICENSE-mermaid), what reads flowcharts; made by bundle.mjs.\nglobalThis.console ??= Object.fromEntries(["trace", "debug", "info", "warn", "error", "log"].map((level) => [level, () => {}]));`,
  },
});
