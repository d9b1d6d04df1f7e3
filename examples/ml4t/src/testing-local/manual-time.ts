import type { TimeSource } from '../base/time-source.ts';

/** Time that passes only when a test says so. */
export class ManualTime implements TimeSource {
  #ns = 0n;

  passMs(ms: number): void {
    this.#ns += BigInt(ms) * 1_000_000n;
  }

  nowMs(): number {
    return Number(this.#ns / 1_000_000n);
  }

  nowNs(): bigint {
    return this.#ns;
  }
}

/** Time of which every look takes so long. */
export function slowTime(msALook: number): TimeSource {
  const time = new ManualTime();
  return {
    nowMs: () => time.nowMs(),
    nowNs: () => {
      time.passMs(msALook);
      return time.nowNs();
    },
  };
}
