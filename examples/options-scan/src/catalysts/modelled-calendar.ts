import { type Day, monthOf } from '../base/calendar.ts';
import { seededRandom } from '../base/random.ts';
import type { Listing } from '../universe/listing.ts';
import type { EarningsCalendar } from './earnings-calendar.ts';

const MS_PER_DAY = 86_400_000;
/** Of a quarter's season: reports fall on the ten days from the middle of its first month to that of its second. */
const SEASON = { firstDay: 12, days: 34 } as const;

/**
 * Made-up report dates: each stock reports once a quarter, on a day of the season that its name decides. No company
 * ever announced them.
 */
export class ModelledCalendar implements EarningsCalendar {
  readonly name = 'modelled';

  nextReport({ ticker, kind }: Listing, asOf: Day): Day | undefined {
    if (kind === 'etf') return undefined;
    const dayOfSeason = Math.floor(seededRandom(seedOf(ticker))() * SEASON.days);
    const { year, month } = monthOf(asOf);
    const quarter = month - (month % 3);
    // Twice: a season reaches beyond the first month of its quarter, never beyond the quarter.
    const dates = [quarter, quarter + 3].map((first) => {
      return Date.UTC(year, first, SEASON.firstDay + dayOfSeason) / MS_PER_DAY;
    });
    return dates.find((date) => date >= asOf);
  }
}

function seedOf(ticker: string): number {
  return [...ticker].reduce((seed, letter) => Math.imul(seed, 31) + letter.charCodeAt(0), 17);
}
