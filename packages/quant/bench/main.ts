// Measures what `@millrace/quant` promises of speed, on generated data: `npm run build`, then `npm run bench -w @millrace/quant`.
// `-- --only labels,model,process,training` narrows it; `-- --write FILE` writes the reference set and ends.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { generateBars, tripleBarrier } from '@millrace/quant';
import { measureModel, measureProcess } from './inference.ts';
import { print, timed } from './measure.ts';
import { referenceBytes, referenceSet } from './reference-set.ts';
import { measureTraining } from './training.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, write: { type: 'string' } } });
const chosen = values.only?.split(',') ?? ['labels', 'model', 'process', 'training'];

if (values.write === undefined) await measure();
else writeFileSync(values.write, referenceBytes(referenceSet()));

async function measure(): Promise<void> {
  const [cpu] = cpus();
  const cores = availableParallelism();
  print('machine', `${cores} cores, ${cpu?.model ?? 'unknown'}, Node ${process.version}`);
  if (chosen.includes('labels')) await measureLabels();
  const samples = referenceSet();
  if (chosen.includes('model')) await measureModel(samples);
  if (chosen.includes('process')) await measureProcess(samples);
  if (chosen.includes('training')) await measureTraining();
}

async function measureLabels(): Promise<void> {
  const count = 1_000_000;
  const bars = generateBars({ count: count + 10, seed: 2 });
  const index = Int32Array.from({ length: count }, (_, at) => at);
  const target = new Float64Array(count).fill(0.002);
  const events = { index, side: new Int8Array(count).fill(1), target };
  for (const mode of ['close', 'ohlc'] as const) {
    await timed(`1 M labels, ${mode}`, () =>
      tripleBarrier(bars, events, { mode, takeProfit: 2, stopLoss: 1, horizon: 10 }),
    );
  }
}
