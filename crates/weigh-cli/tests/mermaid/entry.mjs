// What the tests ask Mermaid: what it reads in the text of a flowchart, or why it can't.
import mermaid, { preprocessDiagram } from 'mermaid';

globalThis.readDiagram = async (text) => {
  const { diagramType } = await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { title } = preprocessDiagram(text);
  const nodes = [...db.getVertices().values()].map(({ id, text, classes }) => ({ id, text, classes }));
  const edges = db.getEdges().map(({ start, end, text }) => ({ start, end, text }));
  const groups = db.getSubGraphs().map(({ id, title, nodes }) => ({ id, title, nodes }));
  return JSON.stringify({ type: diagramType, direction: db.getDirection(), title, nodes, edges, groups });
};
