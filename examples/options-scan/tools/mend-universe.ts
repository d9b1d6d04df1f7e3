/** Puts back what corrupt-universe.ts spoilt; flags as of make-universe.ts. */
import { mendUniverse } from '../src/rehearsal/spoil-universe.ts';
import { readUniverseFlags } from '../src/rehearsal/universe-flags.ts';

const { folder } = readUniverseFlags(process.argv.slice(2));
console.log(`${mendUniverse(folder).length} tickers mended in ${folder}`);
