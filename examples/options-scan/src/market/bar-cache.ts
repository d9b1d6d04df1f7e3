import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Day, isoOf } from '../base/calendar.ts';
import { z } from '../base/schema.ts';
import type { Bars } from './bars.ts';
import { decodeBars, encodeBars, hashOf } from './encode-bars.ts';

const Head = z.object({
  hash: z.string(),
  /** Milliseconds since 1970 UTC. */
  savedAt: z.number(),
  /** What the source said of the data; absent where it cannot tell. */
  stamp: z.string().optional(),
});

export interface CacheSettings {
  readonly folder: string;
  readonly asOf: Day;
  readonly rows: number;
  /** Milliseconds. What is older is asked for again. */
  readonly freshForMs: number;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

export interface CachedBars {
  readonly bars: Bars;
  readonly hash: string;
}

/**
 * One file a ticker and date: a line of JSON, then the columns. A file that is damaged, cut off, old or of other data
 * is as good as none: a cache never makes a run fail.
 */
export class BarCache {
  readonly #settings: CacheSettings;
  readonly #folder: string;
  #isMade = false;

  constructor(settings: CacheSettings) {
    this.#settings = settings;
    this.#folder = join(settings.folder, `${isoOf(settings.asOf)}-${settings.rows}`);
  }

  /** @param stamp of the source now, undefined where it cannot tell */
  async read(ticker: string, stamp: string | undefined): Promise<CachedBars | undefined> {
    const file = await readFile(this.#pathOf(ticker)).catch(() => undefined);
    const end = file?.indexOf(10) ?? -1;
    if (file === undefined || end < 0) return undefined;
    const head = headOf(file.toString('utf8', 0, end));
    if (head === undefined || !this.#isFresh(head) || head.stamp !== stamp) return undefined;
    const bytes = file.subarray(end + 1);
    const bars = hashOf(bytes) === head.hash ? decodeBars(bytes) : undefined;
    return bars === undefined ? undefined : { bars, hash: head.hash };
  }

  /** @returns the hash of the bars */
  async write(ticker: string, bars: Bars, stamp: string | undefined): Promise<string> {
    const bytes = encodeBars(bars);
    const hash = hashOf(bytes);
    const head = { hash, savedAt: this.#settings.now(), stamp };
    await this.#save(ticker, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytes]));
    return hash;
  }

  #isFresh({ savedAt }: z.infer<typeof Head>): boolean {
    const age = this.#settings.now() - savedAt;
    // One from the future is of a clock that was set back.
    return age >= 0 && age < this.#settings.freshForMs;
  }

  /** Readers see the old file or the new one, never a part; a disk that is full costs the cache alone. */
  async #save(ticker: string, content: Buffer): Promise<void> {
    const path = this.#pathOf(ticker);
    // One a ticker, so that kills leave no more: should two processes mix theirs, the hash finds it out.
    const draft = `${path}.tmp`;
    try {
      if (!this.#isMade) await mkdir(this.#folder, { recursive: true });
      this.#isMade = true;
      await writeFile(draft, content);
      await rename(draft, path);
    } catch {
      await rm(draft, { force: true }).catch(() => {});
    }
  }

  #pathOf(ticker: string): string {
    return join(this.#folder, `${ticker}.bars`);
  }
}

function headOf(line: string): z.infer<typeof Head> | undefined {
  try {
    return Head.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
