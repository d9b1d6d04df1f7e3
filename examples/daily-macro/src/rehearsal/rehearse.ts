import { existsSync } from 'node:fs';
import type { StageScopeBase } from 'millrace';
import { MacroError } from '../base/macro-error.ts';
import { brokenNames, pauseOf } from './switches.ts';

const LOOK_EVERY_MS = 50;

export function brokenByHand(name: string): MacroError {
  return new MacroError('BROKEN_BY_HAND', `broken by hand with DAILY_MACRO_BREAK=${name}`);
}

/**
 * What a person asked for by DAILY_MACRO_PAUSE and DAILY_MACRO_BREAK: the stage waits, then throws. Read from the
 * environment and not from params, so that "fixing" the stage does not change its fingerprint.
 * @throws MacroError BROKEN_BY_HAND
 */
export async function rehearse({
  stageId,
  signal,
  progress,
}: Pick<StageScopeBase<unknown>, 'stageId' | 'signal' | 'progress'>): Promise<void> {
  const pause = pauseOf(process.env, stageId);
  if (pause !== undefined) {
    const file = pause.file === undefined ? '' : ` until ${pause.file} is removed`;
    progress({ done: 0, message: `paused${file} in process ${process.pid}` });
    await whilePaused(pause.file, signal);
  }
  if (brokenNames(process.env).includes(stageId)) throw brokenByHand(stageId);
}

/** Resolves once the file is gone, never without a file. @throws the reason of the abort */
function whilePaused(file: string | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // Also keeps the process alive, which has nothing else to wait for.
    const look = setInterval(() => {
      if (signal.aborted) reject(signal.reason);
      else if (file === undefined || existsSync(file)) return;
      else resolve();
      clearInterval(look);
    }, LOOK_EVERY_MS);
  });
}
