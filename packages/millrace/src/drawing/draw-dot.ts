import { toDot } from '@millrace/core';
import { DASHED, LIGHT } from './colours.ts';
import type { Drawing, DrawnStage } from './drawing.ts';
import { captionedIds, statusById } from './stage-caption.ts';

const STYLES = new Map(
  Object.entries(LIGHT.statuses).map(([status, { fill, line, text }]) => {
    const isDashed = DASHED.has(status as keyof typeof LIGHT.statuses);
    return [
      status,
      {
        class: status,
        style: isDashed ? 'rounded,filled,dashed' : 'rounded,filled',
        fillcolor: fill,
        color: line,
        fontcolor: text,
      },
    ];
  }),
);

export function drawDot({ title, subtitle, direction, stages }: Drawing): string {
  return toDot(stages, {
    direction,
    title: subtitle === undefined ? title : `${title}\n${subtitle}`,
    labels: captionedIds(stages),
    tooltips: new Map(stages.flatMap(tooltip)),
    classes: statusById(stages),
    classStyles: STYLES,
  });
}

function tooltip({ id, note }: DrawnStage): [string, string][] {
  return note === undefined ? [] : [[id, `${id}\n${note}`]];
}
