import type { Day } from '../base/calendar.ts';
import type { Listing } from '../universe/listing.ts';

/** Where the dates of earnings reports come from. */
export interface EarningsCalendar {
  /** How the result names it; one that is modelled says so. */
  readonly name: string;
  /** The next report on or after the day, if it is known. */
  nextReport(listing: Listing, asOf: Day): Day | undefined;
}
