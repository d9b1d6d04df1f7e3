import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { types } from 'node:util';
import { messageOf, ScanError } from '../base/scan-error.ts';
import { newestBars } from './bars.ts';
import type { BarsAnswer, BarsRequest, MarketDataSource } from './market-data-source.ts';
import { parseBars } from './parse-bars.ts';

/** One `TICKER.csv` each in a folder. */
export class FileSource implements MarketDataSource {
  readonly name: string;
  readonly batchSize = 50;
  readonly lingerMs = 0;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.name = `files in ${folder}`;
  }

  async stamp(ticker: string): Promise<string | undefined> {
    try {
      const { mtimeMs, size } = await stat(this.#pathOf(ticker));
      return `${mtimeMs}-${size}`;
    } catch {
      // Reading it tells what is wrong.
      return undefined;
    }
  }

  async read(request: BarsRequest): Promise<ReadonlyMap<string, BarsAnswer>> {
    const answers = request.tickers.map(async (ticker) => {
      return [ticker, await this.#readOne(ticker, request)] as const;
    });
    return new Map(await Promise.all(answers));
  }

  async #readOne(ticker: string, { asOf, rows, signal }: BarsRequest): Promise<BarsAnswer> {
    try {
      const text = await readFile(this.#pathOf(ticker), { encoding: 'utf8', signal });
      const bars = parseBars(text, `${ticker}.csv`);
      return { kind: 'bars', bars: newestBars(bars, asOf, rows) };
    } catch (cause) {
      signal.throwIfAborted();
      return {
        kind: 'fault',
        error: cause instanceof ScanError ? cause : unreadable(ticker, cause),
      };
    }
  }

  #pathOf(ticker: string): string {
    return join(this.#folder, `${ticker}.csv`);
  }
}

function unreadable(ticker: string, cause: unknown): ScanError {
  const isMissing = types.isNativeError(cause) && 'code' in cause && cause.code === 'ENOENT';
  const what = isMissing ? 'is missing' : `cannot be read: ${messageOf(cause)}`;
  return new ScanError('BARS_MISSING', `${ticker}.csv ${what}`, { cause });
}
