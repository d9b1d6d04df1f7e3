import { existsSync } from 'node:fs';
import type { Logger } from 'millrace';
import { TrainingError } from '../base/training-error.ts';
import { brokenNames, readPause } from './switches.ts';

const LOOK_EVERY_MS = 50;

interface Place {
  readonly stageId: string;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Of an item of a mapped stage. */
  readonly key?: string;
  readonly index?: number;
}

/**
 * What a person asked for by MODEL_TRAINING_PAUSE and MODEL_TRAINING_BREAK: the stage or item waits, then throws. Read from
 * the environment and not from params, so that "fixing" it does not change what the stage rests on.
 * @throws TrainingError BROKEN_BY_HAND
 */
export async function rehearse(place: Place): Promise<void> {
  const { stageId, key, index = 0, logger, signal } = place;
  const pause = readPause(process.env);
  if (pause?.stage === stageId && index >= pause.item) {
    const until = pause.file === undefined ? '' : ` until ${pause.file} is removed`;
    if (index === pause.item) {
      const where = key === undefined ? stageId : `${stageId} before candidate ${index}, ${key},`;
      logger.warn(`paused in ${where}${until} in process ${process.pid}`);
    }
    await whilePaused(pause.file, signal);
  }
  const names = brokenNames(process.env);
  const broken = names.find((name) => name === stageId || name === `${stageId}/${key}`);
  if (broken === undefined) return;
  throw new TrainingError('BROKEN_BY_HAND', `broken by hand with MODEL_TRAINING_BREAK=${broken}`);
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
