import type { SignalRecord, WaitRecord } from '../checkpoint/index.ts';

/** Whether a signal is for the waits of a stage with this name. */
export function signalFits(
  { name, stage }: Pick<SignalRecord, 'name' | 'stage'>,
  wait: Pick<WaitRecord, 'name' | 'stage'>,
): boolean {
  return name === wait.name && (stage === undefined || stage === wait.stage);
}

/**
 * Signals that a wait may take, oldest first: those of its name that no other call of its stage has. Each stage
 * gets each signal, so that no race among stages decides what one sees.
 * @param ofStage the waits of the stage, the wait itself among them
 */
export function fittingSignals(
  wait: Pick<WaitRecord, 'name' | 'stage'>,
  signals: readonly SignalRecord[],
  ofStage: Iterable<WaitRecord>,
): readonly SignalRecord[] {
  const taken = new Set<number>();
  for (const { kind, name, signal, refused } of ofStage) {
    if (kind !== 'signal' || name !== wait.name) continue;
    if (signal !== undefined) taken.add(signal);
    for (const number of refused) taken.add(number);
  }
  return signals.filter((signal) => signalFits(signal, wait) && !taken.has(signal.number));
}
