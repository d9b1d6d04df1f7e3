import type { RunRecord } from '../checkpoint/index.ts';

/** `first`: nothing to compare with. `silent`: its beat stood still for the whole of its lease. */
export type LeaseSight = 'first' | 'moved' | 'still' | 'silent';

/**
 * Finds out whether the owner of a run on another machine lives, without a clock that both would have to
 * agree on: its beat moves, or it does not for the whole of its lease. What counts are looks that lie so far
 * apart at least, so that a watcher which was frozen itself between two of them has seen one, not an hour.
 */
export class LeaseWatch {
  #last: Pick<RunRecord, 'fence' | 'beat'> | undefined;
  #silentMs = 0;

  /** @param waitedMs for how long, at least, nobody looked */
  look({ fence, beat, owner }: RunRecord, waitedMs: number): LeaseSight {
    const last = this.#last;
    this.#last = { fence, beat };
    if (last?.fence !== fence || last.beat !== beat) {
      this.#silentMs = 0;
      return last?.fence === fence ? 'moved' : 'first';
    }
    this.#silentMs += waitedMs;
    const isOver = owner?.leaseMs !== undefined && this.#silentMs >= owner.leaseMs;
    return isOver ? 'silent' : 'still';
  }
}
