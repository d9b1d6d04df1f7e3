import { readFileSync } from 'node:fs';
import { type Day, dayOf } from '../base/calendar.ts';
import { messageOf, ScanError } from '../base/scan-error.ts';
import { z } from '../base/schema.ts';
import type { Listing } from '../universe/listing.ts';
import type { EarningsCalendar } from './earnings-calendar.ts';

/** By ticker its report dates, in any order. */
const Dates = z.record(z.string(), z.array(z.iso.date()));

/** Report dates from a JSON file: `{ "AAPL": ["2015-07-21"] }`. */
export class FileCalendar implements EarningsCalendar {
  readonly name: string;
  readonly #dates: z.infer<typeof Dates>;

  /** @throws ScanError CALENDAR_INVALID */
  constructor(path: string) {
    this.name = path;
    try {
      this.#dates = Dates.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (cause) {
      const message = `the earnings calendar ${path} cannot be used: ${messageOf(cause)}`;
      throw new ScanError('CALENDAR_INVALID', message, { cause });
    }
  }

  nextReport({ ticker, kind }: Listing, asOf: Day): Day | undefined {
    if (kind === 'etf' || !Object.hasOwn(this.#dates, ticker)) return undefined;
    const coming = (this.#dates[ticker] ?? []).map(dayOf).filter((date) => date >= asOf);
    return coming.length === 0 ? undefined : Math.min(...coming);
  }
}
