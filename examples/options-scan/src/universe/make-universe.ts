import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inExample } from '../base/example-folder.ts';
import { barsText } from '../market/bars-text.ts';
import { parseBars } from '../market/parse-bars.ts';
import { type Generation, generateBars } from './generate-bars.ts';
import type { Listing } from './listing.ts';
import { toParent } from './parent.ts';
import { readUniverse, UNIVERSE_FILE, universeText } from './universe-file.ts';

export interface UniverseSize {
  /** The real ones among them. */
  readonly tickers: number;
  readonly seed: number;
  /** Trading days of the generated ones. Default 500. */
  readonly rows?: number;
}

/** Ends the name of a folder that is being made. */
const DRAFT = '.tmp';

const shipped = inExample('data');

/** The shipped tickers, whose bars are real. */
const realListings: readonly Listing[] = readUniverse(join(shipped, UNIVERSE_FILE));

/** Names what is in it: the folder tells that most of it is generated. */
function universeName({ tickers, seed, rows = 500 }: UniverseSize): string {
  const window = rows === 500 ? '' : `-rows-${rows}`;
  return `${realListings.length}-real-${tickers - realListings.length}-generated-seed-${seed}${window}`;
}

/** Where the universe of this size is, made or not. */
export function universeFolder(home: string, size: UniverseSize): string {
  return join(home, 'universes', universeName(size));
}

/**
 * Makes the folder of a universe below `home` unless it is there: the real tickers, and generated ones up to the
 * number that is asked for. It appears whole or not at all.
 * @returns its absolute path
 */
export function makeUniverse(home: string, size: UniverseSize): string {
  const folder = universeFolder(home, size);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  removeDrafts(folder);
  const draft = `${folder}.${process.pid}${DRAFT}`;
  mkdirSync(draft);
  const listings = listingsOf(size.tickers);
  const generation = generationOf(size);
  listings.forEach(({ ticker, origin }, at) => {
    const path = join(draft, `${ticker}.csv`);
    if (origin === 'real') copyFileSync(join(shipped, `${ticker}.csv`), path);
    else writeFileSync(path, barsText(generateBars(generation, at + 1 - realListings.length)));
  });
  writeFileSync(join(draft, UNIVERSE_FILE), universeText(listings));
  settle(draft, folder);
  return folder;
}

/** Another process may have been quicker; what it made is the same. */
function settle(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(folder, UNIVERSE_FILE))) throw error;
  }
}

/** Those of processes that were killed while they made this universe. */
function removeDrafts(folder: string): void {
  const start = `${basename(folder)}.`;
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(start) || !name.endsWith(DRAFT)) continue;
    const pid = Number(name.slice(start.length, -DRAFT.length));
    if (pid === process.pid || !isAlive(pid)) {
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function listingsOf(tickers: number): readonly Listing[] {
  const real = realListings.slice(0, tickers);
  const generated = Array.from({ length: tickers - real.length }, (_, at): Listing => {
    const ticker = `GEN${String(at + 1).padStart(5, '0')}`;
    // Some funds among them, which report no earnings.
    return { ticker, kind: at % 12 === 11 ? 'etf' : 'stock', origin: 'generated' };
  });
  return [...real, ...generated];
}

function generationOf({ seed, rows = 500 }: UniverseSize): Generation {
  const real = realListings.map(({ ticker }) => {
    const name = `${ticker}.csv`;
    return parseBars(readFileSync(join(shipped, name), 'utf8'), name);
  });
  const days = real[0]?.days ?? new Int32Array();
  return { parents: real.map(toParent), days: days.slice(-rows), seed };
}
