import type { RunEvent } from 'millrace';
import { count, percent, seconds } from '../base/figures.ts';

type Progress = Extract<RunEvent, { readonly type: 'stage.progress' }>;

/** Before this share there is too little to go by. */
const ETA_FROM = 0.05;

interface Mark {
  readonly at: number;
  readonly fraction: number;
}

/** Tells how far a stage is: percentage, tickers, time so far, and from 5 % on what is left. */
export class ProgressMeter {
  /** When the stage began in this session, and how far it was when it was first heard of: kept items cost nothing. */
  readonly #begun = new Map<string, number>();
  readonly #first = new Map<string, Mark>();

  started(stage: string, at: number): void {
    this.#begun.set(stage, at);
    this.#first.delete(stage);
  }

  line({ stage, at, fraction = 0, message = '' }: Progress): string {
    const elapsedMs = at - (this.#begun.get(stage) ?? at);
    const first = this.#first.get(stage) ?? { at, fraction };
    this.#first.set(stage, first);
    const tickers = message
      .replace(/\bitems\b/, 'tickers')
      .replaceAll(/\d+/g, (digits) => count(Number(digits)));
    const left = remainingMs(first, { at, fraction });
    const eta = left === undefined ? '' : `, ETA ${seconds(left)}`;
    return `${stage}: running, ${percent(fraction, 0)}, ${tickers}, ${seconds(elapsedMs)}${eta}`;
  }
}

/** Undefined while it cannot be told. */
function remainingMs(first: Mark, now: Mark): number | undefined {
  const done = now.fraction - first.fraction;
  if (now.fraction < ETA_FROM || done <= 0) return undefined;
  return ((now.at - first.at) * (1 - now.fraction)) / done;
}
