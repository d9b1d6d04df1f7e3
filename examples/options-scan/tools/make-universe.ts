/** Makes a universe: `node tools/make-universe.ts [--tickers 3000] [--seed 7] [--home FOLDER]`. */
import { readUniverseFlags } from '../src/rehearsal/universe-flags.ts';

console.log(readUniverseFlags(process.argv.slice(2)).folder);
