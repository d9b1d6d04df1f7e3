import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addFeature,
  fitModel,
  generateBars,
  reportWalkForward,
  rollingRanges,
  tripleBarrier,
  walkForward,
} from '@millrace/quant';
import { asRunId, openStore } from 'millrace';
import { defaultSettings } from '../src/config/settings.ts';
import { runTraining } from '../src/train/run-training.ts';
import { samplesOfBars } from '../src/train/samples-of-bars.ts';
import { trainPlaces } from '../src/train/train-places.ts';
import { readTraining, type TrainingOutcome } from '../src/train/training-outcome.ts';
import { atLeast, atMost, type Figure, yes } from './figure.ts';

export interface Trained {
  readonly outcome: TrainingOutcome;
  readonly wallS: number;
  readonly cpuS: number;
}

/** The training program itself, durable store and all, in a folder of its own. */
export async function trainOn(data: 'edge' | 'no-edge' | 'aapl', bars: number): Promise<Trained> {
  const home = mkdtempSync(join(tmpdir(), 'ml4t-bench-'));
  const lines: string[] = [];
  const out = (line: string) => void lines.push(line);
  const io = { out, notice: out, env: { INIT_CWD: '/' } };
  const cpu = process.cpuUsage();
  const start = performance.now();
  try {
    const training = { kind: 'new', data, bars, seed: 7, model: undefined } as const;
    const exitCode = await runTraining({ training, home }, io);
    const wallS = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    if (exitCode !== 0) throw new Error(lines.join('\n'));
    const runId = asRunId(/--resume (\S+)/.exec(lines.join('\n'))?.[1] ?? '');
    const store = await openStore(trainPlaces(home, {}).store, { readOnly: true });
    try {
      return { outcome: await readTraining(store, runId), wallS, cpuS: (user + system) / 1e6 };
    } finally {
      await store.close();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Bars, features, labels, all folds, the canary and the final fit. */
export function trainingFigures(
  bars: number,
  { outcome, wallS, cpuS }: Trained,
): readonly Figure[] {
  const what = `training, ${bars.toLocaleString('en-US')} bars, ${outcome.result.folds} folds and final fit`;
  return [
    atMost(what, { measured: wallS, required: 300, target: 60, unit: 's' }),
    atMost('  the same in seconds of processors', { measured: cpuS, required: 150, unit: 's' }),
  ];
}

/** GENERATED bars with an edge, and without one. */
export function honestyFigures(edge: Trained, none: Trained): readonly Figure[] {
  const { result, values } = edge.outcome;
  const control = none.outcome.result;
  const majority = Math.max(control.baseRate, 1 - control.baseRate);
  const points = Math.abs(control.accuracy - majority) * 100;
  const canary = values.judgement.canaryAuc ?? 0;
  return [
    atLeast('planted edge, accuracy out of sample', {
      ...{ measured: result.accuracy, required: 0.55, unit: '', digits: 3 },
    }),
    atLeast('planted edge, AUC out of sample', {
      ...{ measured: result.auc ?? 0, required: 0.6, unit: '', digits: 3 },
    }),
    atMost('no edge, accuracy away from the base rate', {
      ...{ measured: points, required: 2, unit: 'points', digits: 2 },
    }),
    yes('no edge, verdict', control.verdict === 'no-edge', control.verdict, 'no-edge'),
    yes(
      'canary on shuffled labels, AUC',
      canary > 0.47 && canary < 0.53,
      canary.toFixed(3),
      '.47 to .53',
    ),
  ];
}

/** Triple-barrier labels, as configured: take-profit 2, stop 1, 10 bars, highs and lows. */
export function measureLabels(count: number): Figure {
  const bars = generateBars({ count: count + 10, seed: 2 });
  const index = Int32Array.from({ length: count }, (_, at) => at);
  const target = new Float64Array(count).fill(0.002);
  const events = { index, side: new Int8Array(count).fill(1), target };
  const start = performance.now();
  tripleBarrier(bars, events, { takeProfit: 2, stopLoss: 1, horizon: 10 });
  const measured = ((performance.now() - start) / 1000) * (1_000_000 / count);
  const scaled = count === 1_000_000 ? '' : `, from ${count.toLocaleString('en-US')}`;
  return atMost(`1 M labels${scaled}`, { measured, required: 60, target: 1, unit: 's', digits: 2 });
}

/** A planted feature that looks five bars ahead must be caught. */
export async function measureLeak(): Promise<Figure> {
  const bars = generateBars({ count: 5000, seed: 4 });
  const samples = samplesOfBars(bars, defaultSettings());
  const side = samples.features.columns.at(-1) ?? new Float64Array(0);
  const ahead = Float64Array.from(samples.starts, (start, row) => {
    const move = (bars.close[start + 5] ?? Number.NaN) / (bars.close[start] ?? Number.NaN) - 1;
    return move * (side[row] ?? 0);
  });
  const planted = { ...samples, features: addFeature(samples.features, 'ahead', ahead) };
  const ranges = rollingRanges(samples.labels.length, { maxFolds: 5 });
  const spec = { kind: 'boosted-trees', rounds: 30, leaves: 6 } as const;
  const outcomes = await walkForward(planted, ranges, (all, rows) => fitModel(all, spec, rows));
  const { verdict } = reportWalkForward(planted, outcomes);
  return yes(
    'a planted look-ahead feature, verdict',
    verdict === 'leak-suspected',
    verdict,
    'leak-suspected',
  );
}
