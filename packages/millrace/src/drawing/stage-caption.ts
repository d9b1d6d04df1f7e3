import { formatDuration } from '@millrace/core';
import type { DrawnStage } from './drawing.ts';

/** `failed · 1.2s`: what stands below the id of a stage of a run. */
export function stageCaption({ status, durationMs }: DrawnStage): string | undefined {
  if (status === undefined) return undefined;
  return durationMs === undefined ? status : `${status} · ${formatDuration(durationMs)}`;
}

/** The text of each stage that has more to say than its id, id and caption on lines of their own. */
export function captionedIds(stages: readonly DrawnStage[]): ReadonlyMap<string, string> {
  return new Map(
    stages.flatMap((stage) => {
      const caption = stageCaption(stage);
      return caption === undefined ? [] : [[stage.id, `${stage.id}\n${caption}`] as const];
    }),
  );
}

/** The status of each stage that has one. */
export function statusById(stages: readonly DrawnStage[]): ReadonlyMap<string, string> {
  return new Map(
    stages.flatMap(({ id, status }) => (status === undefined ? [] : [[id, status] as const])),
  );
}
