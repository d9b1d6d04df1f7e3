import type { StageScopeBase } from 'millrace';

/** Tells the run what stands in brackets behind the stage; whoever prints the run hears it before the stage's end. */
export function describeResult(
  { progress }: Pick<StageScopeBase<unknown>, 'progress'>,
  message: string,
): void {
  progress({ done: 1, total: 1, message });
}
