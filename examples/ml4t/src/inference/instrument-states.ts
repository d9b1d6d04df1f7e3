import type { Settings } from '../config/settings.ts';
import type { SignalEvent } from '../events/signal-event.ts';
import { InstrumentState } from './instrument-state.ts';

/** The states of all instruments, of which those that were quiet for longest are given up beyond a number. */
export class InstrumentStates {
  readonly #settings: Settings;
  /** The one that was quiet for longest first. */
  readonly #states = new Map<string, InstrumentState>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  find(instrumentId: string): InstrumentState | undefined {
    return this.#states.get(instrumentId);
  }

  /**
   * The state that a signal is computed with. One that is older than what was seen, as a bus gives it again after a
   * failure, has a state of its own: its answer is then of its own time, and the live state stays as it is.
   */
  for({ instrumentId, bars }: SignalEvent): {
    readonly state: InstrumentState;
    readonly isReplay: boolean;
  } {
    const known = this.#states.get(instrumentId);
    const newest = bars.time[bars.time.length - 1] as number;
    if (known !== undefined && newest < known.lastTime && !holds(bars.time, known.lastTime))
      return { state: new InstrumentState(instrumentId, this.#settings), isReplay: true };
    const state = known ?? new InstrumentState(instrumentId, this.#settings);
    this.#states.delete(instrumentId);
    this.#states.set(instrumentId, state);
    if (this.#states.size > this.#settings.maxInstruments) {
      const [quietest] = this.#states.keys();
      if (quietest !== undefined) this.#states.delete(quietest);
    }
    return { state, isReplay: false };
  }
}

/** A late bar at the end does not make a signal old that carries the newest one too. */
const holds = (times: Float64Array, time: number): boolean => times.includes(time);
