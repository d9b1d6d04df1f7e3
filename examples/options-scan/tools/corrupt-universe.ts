/** Spoils a share of a universe in twelve ways; flags as of make-universe.ts, and `--share 0.05 --spoil-seed 1`. */
import { spoilUniverse } from '../src/rehearsal/spoil-universe.ts';
import { readUniverseFlags } from '../src/rehearsal/universe-flags.ts';

const { folder, share, spoilSeed } = readUniverseFlags(process.argv.slice(2));
const spoilt = spoilUniverse(folder, share, spoilSeed);
for (const [corruption, tickers] of Map.groupBy(spoilt, (one) => one.corruption)) {
  console.log(`${corruption}: ${tickers.map(({ ticker }) => ticker).join(' ')}`);
}
console.log(`${spoilt.length} tickers spoilt in ${folder}`);
