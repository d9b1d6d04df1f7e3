import type { NewSignal, SignalRecord, WaitRecord } from './records.ts';

/** What the stages of one run wait for, and the signals that came for them. */
export class MemorySignals {
  readonly #signals: SignalRecord[] = [];
  readonly #waits = new Map<string, WaitRecord>();

  /** @returns the number of the signal */
  add(signal: NewSignal): number {
    const number = this.#signals.length + 1;
    this.#signals.push({ ...signal, number });
    return number;
  }

  after(number: number): readonly SignalRecord[] {
    return this.#signals.slice(number);
  }

  replace(wait: WaitRecord): void {
    const { stage, kind, name, call } = wait;
    this.#waits.set(JSON.stringify([stage, kind, name, call]), wait);
  }

  get waits(): readonly WaitRecord[] {
    return [...this.#waits.values()];
  }
}
