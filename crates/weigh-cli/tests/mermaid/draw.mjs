// Draws each diagram named on the command line (.mmd, or .md with a fenced block) with the whole of Mermaid.
//
// There is no page to measure text on, so every text is taken to be 8 by 16 a letter: shapes and edges are laid out and drawn
// as ever, at sizes that are not those of a font. What fails to be read or drawn, and a text that is not shown, is told.
import { readFile } from 'node:fs/promises';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
const measured = (element) => {
  const letters = (element.textContent ?? '').length;
  return { x: 0, y: 0, top: 0, left: 0, width: 8 * letters, height: 16, right: 8 * letters, bottom: 16 };
};
window.SVGElement.prototype.getBBox = function () { return measured(this); };
window.SVGElement.prototype.getComputedTextLength = function () { return measured(this).width; };
window.Element.prototype.getBoundingClientRect = function () { return measured(this); };
for (const name of ['window', 'document', 'navigator', 'Element', 'HTMLElement', 'SVGElement', 'Node', 'DOMParser', 'XMLSerializer', 'CSSStyleSheet', 'MutationObserver', 'requestAnimationFrame']) {
  const value = name === 'window' ? window : window[name];
  if (value !== undefined) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
globalThis.getComputedStyle = window.getComputedStyle.bind(window);

const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false });

/** The text of a label as a reader sees it: the entity codes that the diagram has are their characters. */
const read = (label) => label.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
const bare = (text) => text.replace(/\s+/g, '');

let failed = 0;
for (const [place, file] of process.argv.slice(2).entries()) {
  try {
    const text = (await readFile(file, 'utf8')).replace(/^```mermaid\n/, '').replace(/```\n$/, '');
    await mermaid.parse(text);
    const { svg } = await mermaid.render(`drawn${place}`, text);
    const drawn = new window.DOMParser().parseFromString(svg, 'text/html');
    const shown = bare(drawn.body.textContent);
    const labels = [...text.matchAll(/^ +(?:subgraph )?[ng]\d+[^"]*"([^"]*)"/gm)].flatMap(([, label]) => label.split('<br/>'));
    const lost = labels.filter((label) => !shown.includes(bare(read(label))));
    if (labels.length === 0 || lost.length > 0) throw new Error(`not shown: ${JSON.stringify(lost)}`);
    console.log(`${file}: ${labels.length} lines of labels, ${svg.length} characters of SVG`);
  } catch (error) {
    failed += 1;
    console.error(`${file}: ${error.message ?? error}`);
  }
}
process.exitCode = failed > 0 ? 1 : 0;
