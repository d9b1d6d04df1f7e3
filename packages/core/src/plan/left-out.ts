import type { Plan } from './plan.ts';
import type { Reason } from './reason.ts';

/**
 * Whether a stage is skipped because the selection leaves out the stage itself or one that it needs; else a
 * condition is the cause.
 */
export function isLeftOutBySelection(reasons: readonly Reason[] | undefined): boolean {
  const [reason] = reasons ?? [];
  if (reason?.kind === 'blocked') return reason.isLeftOut;
  return reason?.kind === 'unselected';
}

/** Whether some stage is kept only for not being selected, so that one above it may be made anew. */
export function keepsUnselected({ reasons }: Pick<Plan, 'reasons'>): boolean {
  return reasons.some(([reason]) => reason?.kind === 'unselected' && reason.kept);
}
