import { didYouMean, MillraceError, type RunVerdict } from '@millrace/core';
import { reasonText } from './reason-text.ts';

/**
 * A run that was named to be deleted, and that somebody executes: nothing is deleted then, the other named ones neither.
 * @throws MillraceError RUN_HELD
 */
export function refuseHeld(verdicts: readonly RunVerdict[], asked: readonly string[]): void {
  const named = new Set(asked);
  for (const { run, keep } of verdicts) {
    if (keep === undefined || !named.has(run.id)) continue;
    if (keep.kind !== 'live' && keep.kind !== 'elsewhere') continue;
    throw new MillraceError(
      'RUN_HELD',
      `run ${run.id} cannot be deleted: it is ${reasonText(keep)}`,
      {
        details: { runId: run.id, owner: run.owner },
        help: 'wait for it, or end that process first; nothing was deleted',
      },
    );
  }
}

/** What to tell of a pipeline that was named and has no run; undefined where it has one. */
export function noSuchPipeline(
  verdicts: readonly RunVerdict[],
  pipeline: string,
  place: string,
): string | undefined {
  const known = new Set(verdicts.map(({ run }) => run.pipeline));
  if (known.has(pipeline)) return undefined;
  const near = didYouMean(pipeline, known);
  const hint = near === undefined ? '' : `; ${near}`;
  return `note: ${place} has no run of pipeline ${JSON.stringify(pipeline)}${hint}`;
}
