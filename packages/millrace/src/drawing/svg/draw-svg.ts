import type { Drawing, DrawnStatus } from '../drawing.ts';
import { statusCounts } from '../status-counts.ts';
import { arcPath } from './arc-path.ts';
import { coordinate, escapeXml } from './escape-xml.ts';
import { heading } from './heading.ts';
import { layOut } from './lay-out.ts';
import { stageBox } from './stage-box.ts';
import { stageMarkup } from './stage-markup.ts';
import { ROOT_CLASS, svgStyle } from './svg-style.ts';
import { turner, turnSize } from './turn.ts';

const MARGIN = 24;

/** Its tip stays just before the end of the arc, which lies on the outline of a box. */
const ARROW = `<marker id="${ROOT_CLASS}-tip" viewBox="0 0 8 8" refX="8.4" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M.5 .8L7.6 4L.5 7.2L2 4Z"/></marker>`;

/**
 * An SVG that needs nothing else: no script, font or file. The same drawing gives the same text.
 * @throws MillraceError DRAWING_TOO_LARGE
 */
export function drawSvg(drawing: Drawing): string {
  const { direction, stages } = drawing;
  const boxes = stages.map(stageBox);
  const layout = layOut(
    stages,
    boxes.map((box) => turnSize(box, direction)),
  );
  const turn = turner(direction, layout);
  const counts = statusCounts(stages);
  const head = heading(drawing, counts);
  const graph = turnSize(layout, direction);
  const width = Math.ceil(Math.max(head.width, graph.width)) + 2 * MARGIN;
  const height = Math.ceil(head.height + graph.height) + 3 * MARGIN;
  const arcs = layout.routes.map(
    (route) => `<path d="${arcPath(route, turn)}" marker-end="url(#${ROOT_CLASS}-tip)"/>\n`,
  );
  const nodes = boxes.map(
    (box, at) => `${stageMarkup(box, turn(layout.middles[at] ?? { x: 0, y: 0 }))}\n`,
  );
  const graphPlace = `translate(${coordinate((width - graph.width) / 2)} ${coordinate(head.height + 2 * MARGIN)})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${ROOT_CLASS}" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n`,
    `<title>${escapeXml(titleOf(drawing))}</title>\n<desc>${escapeXml(describe(drawing, layout.routes.length, counts))}</desc>\n`,
    `<style>${svgStyle([...counts.keys()])}</style>\n<defs>${ARROW}</defs>\n`,
    `<rect class="ground" width="${width}" height="${height}" rx="12"/>\n`,
    `<g transform="translate(${MARGIN} ${MARGIN})">${head.markup}</g>\n`,
    `<g transform="${graphPlace}">\n<g class="arc">\n${arcs.join('')}</g>\n${nodes.join('')}</g>\n</svg>\n`,
  ].join('');
}

function titleOf({ title, subtitle }: Drawing): string {
  return subtitle === undefined ? title : `${title}: ${subtitle}`;
}

/** What somebody hears who cannot see the drawing. */
function describe(
  { stages }: Drawing,
  dependencies: number,
  counts: ReadonlyMap<DrawnStatus, number>,
): string {
  const statuses = Array.from(counts, ([status, count]) => `${count} ${status}`);
  const size = `Stages: ${stages.length}. Dependencies: ${dependencies}.`;
  return statuses.length === 0 ? size : `${size} By status: ${statuses.join(', ')}.`;
}
