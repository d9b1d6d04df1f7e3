import type { StageId } from '../base/ids.ts';
import type { KeyVersion } from './key-versions.ts';

/** Who left a key as it is. */
export interface KeyWriter {
  /** Undefined: the initial context. */
  readonly stage: StageId | undefined;
}

export function writerOfKey({ writer }: KeyVersion): KeyWriter {
  return { stage: writer?.stage };
}
