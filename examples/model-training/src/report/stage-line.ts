import { seconds } from '../base/figures.ts';

export interface StageLine {
  readonly stage: string;
  readonly mark: '✓' | '▲' | '✗' | '○';
  readonly durationMs: number;
  /** In brackets behind it. */
  readonly detail?: string;
  /** Behind it, instead of the detail. */
  readonly note?: string;
}

const NAME_WIDTH = 20;

/** `✓ data-ingestion:       0.2s [6,409 bars]`. */
export function stageLine({ stage, mark, durationMs, detail, note }: StageLine): string {
  const head = `${mark} ${`${stage}:`.padEnd(NAME_WIDTH)}${seconds(durationMs).padStart(6)}`;
  if (note !== undefined) return `${head} ${note}`;
  return detail === undefined || detail === '' ? head : `${head} [${detail}]`;
}
