import type { Written } from '../chain/link.ts';
import type { Flight } from '../crew/flight.ts';
import type { PassResult } from '../flow/routing.ts';

export const NO_OUTPUTS: Written = Object.freeze({});

/** What a flight came to; worked out when it is asked for. */
export class FlightResult implements PassResult {
  readonly #flight: Flight;
  #outputs: Written | undefined;

  constructor(flight: Flight) {
    this.#flight = flight;
  }

  get outputs(): Written {
    if (this.#outputs !== undefined) return this.#outputs;
    const outputs: Written = Object.freeze(Object.assign({}, ...this.#flight.written));
    this.#outputs = outputs;
    return outputs;
  }

  get skipped(): readonly string[] {
    return this.#flight.skipped;
  }

  get degraded(): readonly string[] {
    return this.#flight.degraded;
  }
}
