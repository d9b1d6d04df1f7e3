import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { element } from '../base/element.ts';
import { seededRandom } from '../base/random.ts';
import { ScanError } from '../base/scan-error.ts';
import { readUniverse, UNIVERSE_FILE } from '../universe/universe-file.ts';
import { corruptions } from './corruptions.ts';

/** Holds the files as they were. */
const KEPT = 'kept';

export interface Spoilt {
  readonly ticker: string;
  /** Which way it went wrong. */
  readonly corruption: string;
}

/**
 * Spoils a share of the files of a universe, in all ways in turn, chosen by a seed. The files as they were are kept
 * beside them until `mendUniverse`.
 * @param share of the tickers, above 0: .05
 */
export function spoilUniverse(folder: string, share: number, seed: number): readonly Spoilt[] {
  if (keptIn(folder).length > 0) {
    throw new ScanError('ALREADY_SPOILT', `${folder} is spoilt already: mend it first`);
  }
  const tickers = readUniverse(join(folder, UNIVERSE_FILE)).map(({ ticker }) => ticker);
  const chosen = shuffled(tickers, seed).slice(0, Math.ceil(tickers.length * share));
  const names = Object.keys(corruptions);
  const kept = join(folder, KEPT);
  mkdirSync(kept, { recursive: true });
  return chosen.map((ticker, at) => {
    const corruption = element(names, at % names.length);
    const path = join(folder, `${ticker}.csv`);
    copyFileSync(path, join(kept, `${ticker}.csv`));
    const text = corruptions[corruption]?.(readFileSync(path, 'utf8'));
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
    return { ticker, corruption };
  });
}

/** Puts back what `spoilUniverse` kept. @returns the tickers that were mended */
export function mendUniverse(folder: string): readonly string[] {
  const names = keptIn(folder);
  for (const name of names) copyFileSync(join(folder, KEPT, name), join(folder, name));
  rmSync(join(folder, KEPT), { recursive: true, force: true });
  return names.map((name) => name.slice(0, -'.csv'.length));
}

function keptIn(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, KEPT));
  } catch {
    return [];
  }
}

/** Fisher and Yates. */
function shuffled(tickers: readonly string[], seed: number): readonly string[] {
  const random = seededRandom(seed);
  const order = [...tickers];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [element(order, other), element(order, at)];
  }
  return order;
}
