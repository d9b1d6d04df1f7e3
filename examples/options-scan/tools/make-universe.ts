/** Makes a universe: `node tools/make-universe.ts [--tickers 3000] [--seed 7] [--home .millrace]`. */
import { parseArgs } from 'node:util';
import { inExample } from '../src/base/example-folder.ts';
import { makeUniverse } from '../src/universe/make-universe.ts';

const { values } = parseArgs({
  options: {
    tickers: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '7' },
    home: { type: 'string', default: inExample('.millrace') },
  },
});
const size = { tickers: Number(values.tickers), seed: Number(values.seed) };
console.log(makeUniverse(values.home, size));
