import { randomBytes } from 'node:crypto';
import type { Brand } from './brand.ts';

/** Names a run: `20261121-113355-k3f9x2mq`, UTC start and chance, so that ids sort by start. */
export type RunId = Brand<'RunId'>;

/** Names a stage inside its pipeline, kept exactly as the author wrote it. */
export type StageId = Brand<'StageId'>;

/** Makes bytes of chance; tests give their own. */
export type RandomBytes = (size: number) => Uint8Array;

/** Without the letters that are read as digits. 32 signs, so one byte gives one sign evenly. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz023456789';
const CHANCE_SIGNS = 8;

export function createRunId(nowMs: number, random: RandomBytes = randomBytes): RunId {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]/g, '');
  const chance = Array.from(random(CHANCE_SIGNS), (byte) => SIGNS[byte % SIGNS.length]).join('');
  return `${stamp.slice(0, 8)}-${stamp.slice(9, 15)}-${chance}` as RunId;
}

/** Accepts a run id that a person or a store gives. Only the store knows whether it exists. */
export function asRunId(text: string): RunId {
  return text as RunId;
}

export function asStageId(text: string): StageId {
  return text as StageId;
}

export const MAX_STAGE_ID_LENGTH = 200;

/** Why a text cannot be a stage id, or undefined when it can. Any script, spaces inside and names such as `__proto__` are fine. */
export function stageIdFault(text: string): string | undefined {
  if (text.length === 0) return 'is empty';
  if (text.length > MAX_STAGE_ID_LENGTH) return `is longer than ${MAX_STAGE_ID_LENGTH} characters`;
  if (text !== text.trim()) return 'begins or ends with white space';
  if (!text.isWellFormed()) return 'holds half a surrogate pair, which no file can keep';
  // Control characters, line separators, and the marks that turn the reading direction around.
  if (/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text)) {
    return 'holds a control character';
  }
  return undefined;
}
