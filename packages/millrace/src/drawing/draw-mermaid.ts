import { toMermaid } from '@millrace/core';
import { DASHED, LIGHT } from './colours.ts';
import type { Drawing } from './drawing.ts';
import { captionedIds, statusById } from './stage-caption.ts';

/** More arrows than this Mermaid draws only where its `maxEdges` is raised. */
export const MERMAID_MAX_ARROWS = 500;

const STYLES = new Map(
  Object.entries(LIGHT.statuses).map(([status, { fill, line, text }]) => {
    const dashes = DASHED.has(status as keyof typeof LIGHT.statuses) ? ',stroke-dasharray:4 3' : '';
    return [status, `fill:${fill},stroke:${line},color:${text}${dashes}`];
  }),
);

export function drawMermaid({ title, subtitle, direction, stages }: Drawing): string {
  return toMermaid(stages, {
    direction,
    labels: captionedIds(stages),
    classes: statusById(stages),
    classStyles: STYLES,
    // A config is drawn for pages that have a heading of their own.
    ...(subtitle === undefined ? {} : { title: `${title}: ${subtitle}` }),
  });
}
