import type { CheckpointStore, RunId } from 'millrace';
import type { RunLedger } from '../ledger/run-ledger.ts';
import { type DailyOutcome, readOutcome } from './read-outcome.ts';
import { toRunRow } from './to-run-row.ts';

interface RowKeeperParts {
  readonly store: CheckpointStore;
  /** Undefined for a dry run: nothing is written. */
  readonly ledger: RunLedger | undefined;
  readonly date: string;
}

/**
 * Keeps the row of a run at what the store says: from its start on, so that a killed run has one too, with the timings
 * of the stages that it got through.
 */
export class RowKeeper {
  readonly #parts: RowKeeperParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: RowKeeperParts) {
    this.#parts = parts;
  }

  /** Some time soon, in order; what goes wrong is told by the next `write`. */
  writeSoon(runId: RunId): void {
    this.#last = this.#last.then(() => this.#write(runId));
    this.#last.catch(() => {});
  }

  /** Resolves once the row is in the ledger. */
  async write(runId: RunId): Promise<DailyOutcome> {
    await this.#last;
    return this.#write(runId);
  }

  /** As `write`; a ledger that refuses the row is passed over. */
  writeIfPossible(runId: RunId): Promise<DailyOutcome> {
    const { store, date } = this.#parts;
    return this.#write(runId).catch(() => readOutcome(store, runId, date));
  }

  /** The book first: a row that says SUCCESS has its book. */
  async #write(runId: RunId): Promise<DailyOutcome> {
    const { store, ledger, date } = this.#parts;
    const outcome = await readOutcome(store, runId, date);
    if (outcome.nextBook !== undefined) {
      await ledger?.saveBook(outcome.nextBook, outcome.createdAt);
    }
    await ledger?.record(toRunRow(outcome));
    return outcome;
  }
}
