import { z } from '../base/schema.ts';
import type { Book } from '../book/book.ts';
import { RunStatus } from '../report/run-status.ts';

/** One row of `pipeline_runs`. */
export const RunRow = z
  .object({
    /** The id of the run in the store. */
    id: z.string().min(1).max(36),
    runDate: z.iso.date(),
    status: RunStatus,
    durationSeconds: z.number().min(0),
    /** Seconds by stage. */
    stepTimings: z.record(z.string(), z.number()).readonly(),
    signalCount: z.int().min(0),
    positionCount: z.int().min(0),
    /** Null when the run failed before it knew. */
    regime: z.string().nullable(),
    summary: z.string(),
    /** ISO 8601 with zone. */
    createdAt: z.iso.datetime({ offset: true }),
  })
  .readonly();
export type RunRow = z.infer<typeof RunRow>;

/** Where runs and books are kept. SQLite by default; PostgreSQL through the same migrations. */
export interface RunLedger {
  /** Inserts the row, or replaces the one with the same id: a resumed run keeps its row. */
  record(row: RunRow): Promise<void>;
  /** The newest rows first. */
  recent(limit: number): Promise<readonly RunRow[]>;
  /** Keeps the book of a run's date; a repeated run of the same date replaces it. */
  saveBook(book: Book, createdAt: string): Promise<void>;
  /** The newest book of a date before `date`, so that repeating a date starts from the same book. */
  bookBefore(date: string): Promise<Book | undefined>;
  close(): Promise<void>;
}
