// Measures all that ml4t promises, in one run, on GENERATED data: `npm run build` at the root, then `npm run bench -w ml4t`.
// `-- --quick` takes a tenth of the data, for CI; what it prints is no measurement of the promises.
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { fitModel, generateBars } from '@millrace/quant';
import { defaultSettings } from '../src/config/settings.ts';
import { samplesOfBars } from '../src/train/samples-of-bars.ts';
import { type Figure, HEAD, lineOf } from './figure.ts';
import {
  measureDuringRetrain,
  measureQuiet,
  measureSameness,
  measureSwap,
  measureThroughput,
} from './inference.ts';
import { measureAuc, referenceSet } from './reference-set.ts';
import {
  honestyFigures,
  measureLabels,
  measureLeak,
  trainingFigures,
  trainOn,
} from './training.ts';

const USAGE = `usage: npm run bench -- [options]

  --quick   a tenth of the data, to see that it runs; its figures measure nothing
  --help    this text

exit codes
  0 every requirement met; 1 some missed; 2 wrong usage`;
const flag = { type: 'boolean', default: false } as const;
const isQuick = chosen();
const scale = isQuick ? 0.1 : 1;
const missed: Figure[] = [];

function chosen(): boolean {
  try {
    const { values } = parseArgs({ options: { quick: flag, help: flag } });
    if (!values.help) return values.quick;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(USAGE);
    process.exit(2);
  }
}

function print(...figures: readonly Figure[]): void {
  for (const figure of figures) {
    console.log(lineOf(figure));
    if (!figure.isMet) missed.push(figure);
  }
}

const [cpu] = cpus();
console.log(`ml4t bench${isQuick ? ', QUICK: a tenth of the data' : ''}; all data GENERATED`);
console.log(`${availableParallelism()} cores, ${cpu?.model ?? 'unknown'}, Node ${process.version}`);
console.log(HEAD);

const bars = generateBars({ count: Math.round(60_000 * scale), seed: 4, persistence: 0.7 });
const samples = samplesOfBars(bars, defaultSettings());
const rows = Int32Array.from(samples.labels.keys());
const spec = { kind: 'boosted-trees', rounds: 100, leaves: 8, minRows: 40, tailShare: 0 } as const;
const model = fitModel(samples, spec, rows);
const other = fitModel(samples, { ...spec, rounds: 90 }, rows.subarray(0, rows.length >> 1));

print(...measureQuiet(model, samples, Math.round(100_000 * scale)));
print(await measureThroughput(model, Math.round(100_000 * scale)));
const set = referenceSet();
print(await measureDuringRetrain(model, set));
print(...measureSwap([model, other], Math.round(100_000 * scale)));
print(measureLabels(Math.round(1_000_000 * scale)));
const trained = Math.round(260_000 * scale);
const edge = await trainOn('edge', trained);
print(...trainingFigures(trained, edge));
print(...honestyFigures(edge, await trainOn('no-edge', Math.round(60_000 * scale))));
print(await measureLeak());
print(measureAuc(set));
print(...measureSameness(samples, rows.subarray(0, 5000)));

console.log(missed.length === 0 ? 'every requirement met' : `${missed.length} MISSED`);
process.exitCode = missed.length === 0 ? 0 : 1;
