import { parseArgs } from 'node:util';
import { inExample } from '../base/example-folder.ts';
import { makeUniverse } from '../universe/make-universe.ts';

export interface UniverseFlags {
  /** Absolute. */
  readonly folder: string;
  readonly share: number;
  readonly spoilSeed: number;
}

/** Which universe a tool is about: the one that `npm run scan` with the same flags scans. It is made if need be. */
export function readUniverseFlags(argv: readonly string[]): UniverseFlags {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      tickers: { type: 'string', default: '3000' },
      seed: { type: 'string', default: '7' },
      home: { type: 'string', default: inExample('.millrace') },
      share: { type: 'string', default: '0.05' },
      'spoil-seed': { type: 'string', default: '1' },
    },
  });
  const size = { tickers: Number(values.tickers), seed: Number(values.seed) };
  return {
    folder: makeUniverse(values.home, size),
    share: Number(values.share),
    spoilSeed: Number(values['spoil-seed']),
  };
}
