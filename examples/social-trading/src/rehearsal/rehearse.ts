import { writeSync } from 'node:fs';
import { SocialError } from '../base/social-error.ts';
import { readSwitches, type Switches } from './switches.ts';

/** Of all places together. */
const ANY = 'any';

/**
 * The places that can be broken or paused by hand: the stages, `source`, where posts come from, and `placed`, when an order
 * is placed and nobody knows of it yet. `any` counts all of them together.
 */
const PLACES = [
  ...['source', 'collect', 'analyze', 'validate', 'score', 'risk', 'gate', 'execute', 'placed'],
  ANY,
];

const STDERR = 2;

/**
 * What a person asked for by SOCIAL_BREAK and SOCIAL_PAUSE, counted for each stage of this process. A pause blocks the whole
 * process, as a machine that hangs does: only a kill ends it.
 */
export class Rehearsal {
  readonly #switches: Switches;
  readonly #counts = new Map<string, number>();

  /** @throws SocialError SWITCH_UNKNOWN */
  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#switches = readSwitches(environment, PLACES);
  }

  /** @throws SocialError BROKEN_BY_HAND */
  at(stage: string): void {
    if (stage !== ANY) this.at(ANY);
    const count = 1 + (this.#counts.get(stage) ?? 0);
    this.#counts.set(stage, count);
    const { breaks, pause } = this.#switches;
    if (pause?.stage === stage && pause.before === count) {
      writeSync(STDERR, `paused in ${stage} before ${count} in process ${process.pid}\n`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    if (count > (breaks.get(stage) ?? 0)) return;
    throw new SocialError('BROKEN_BY_HAND', `${stage} is broken by hand with SOCIAL_BREAK`);
  }
}

let shared: Rehearsal | undefined;

/** @throws SocialError BROKEN_BY_HAND, SWITCH_UNKNOWN */
export function rehearse(stage: string): void {
  shared ??= new Rehearsal(process.env);
  shared.at(stage);
}

/** For tests, which change the switches while a process lives. */
export function rehearseWith(environment: Readonly<Record<string, string | undefined>>): void {
  shared = new Rehearsal(environment);
}
