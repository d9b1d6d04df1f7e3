import { readFileSync } from 'node:fs';
import { messageOf, ScanError } from '../base/scan-error.ts';
import { Listing } from './listing.ts';

export const UNIVERSE_FILE = 'universe.csv';
const HEADER = 'ticker,kind,origin';

/**
 * Reads which tickers there are.
 * @throws ScanError UNIVERSE_INVALID with the line
 */
export function readUniverse(path: string): readonly Listing[] {
  const [header = '', ...lines] = textOf(path).trimEnd().split(/\r?\n/);
  if (header !== HEADER) {
    throw invalid(`${path}:1 has the header ${JSON.stringify(header)}, expected ${HEADER}`);
  }
  const listings = lines.map((line, at) => {
    const [ticker, kind, origin] = line.split(',');
    const listing = Listing.safeParse({ ticker, kind, origin });
    if (listing.success) return listing.data;
    throw invalid(`${path}:${at + 2} is ${JSON.stringify(line)}, expected ${HEADER}`);
  });
  const places = new Map<string, number>();
  listings.forEach(({ ticker }, at) => {
    const earlier = places.get(ticker);
    if (earlier !== undefined)
      throw invalid(`${path}:${at + 2} repeats ${ticker} of line ${earlier}`);
    places.set(ticker, at + 2);
  });
  if (listings.length === 0) throw invalid(`${path} lists no ticker`);
  return listings;
}

export function universeText(listings: readonly Listing[]): string {
  const lines = listings.map(({ ticker, kind, origin }) => `${ticker},${kind},${origin}`);
  return `${[HEADER, ...lines].join('\n')}\n`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ScanError('UNIVERSE_INVALID', `the universe cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function invalid(message: string): ScanError {
  return new ScanError('UNIVERSE_INVALID', message);
}
