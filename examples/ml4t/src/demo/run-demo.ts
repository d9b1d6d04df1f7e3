import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ModelStore } from '@millrace/quant';
import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { count, labelled, percent, RULE } from '../console/figures.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';
import { runTraining } from '../train/run-training.ts';
import { type TrainPlaces, trainPlaces } from '../train/train-places.ts';
import { DEMO_MODEL, openDemoService } from './demo-parts.ts';
import { liveSignals, type MarketOptions, takeSome } from './live-market.ts';
import { Tally } from './tally.ts';
import type { Wire } from './wire.ts';

export interface DemoOptions {
  /** Of runs, models and logs; undefined: `.millrace` of the example. */
  readonly home: string | undefined;
  /** Bars of the training. Default 12,000. */
  readonly bars?: number;
  readonly wire: (service: EnrichmentService) => Promise<Wire>;
}

/** What a test holds the demo against. */
export interface DemoEnd {
  readonly exitCode: ExitCode;
  readonly tally: Tally;
  readonly swapped: string | null;
  readonly kinds: readonly string[];
}

const INSTRUMENT = 'GENERATED';
const CALM: MarketOptions = { instrumentId: INSTRUMENT, seed: 21, bars: 1500, persistence: 0.7 };
/** What rose goes on falling, and the other way round. */
const TURNED = { instrumentId: INSTRUMENT, seed: 22, bars: 30_000, persistence: -0.7 };

/** Train, infer, degrade, retrain, swap, break the model, roll back: the whole loop, on GENERATED bars. */
export async function runDemo(options: DemoOptions, io: ConsoleIo): Promise<DemoEnd> {
  const { home, bars = 12_000, wire: connect } = options;
  const places = trainPlaces(home, io.env);
  io.out('1. TRAIN a meta-model on GENERATED bars with a planted edge');
  const training = { kind: 'new', data: 'edge', bars, seed: 7, model: DEMO_MODEL } as const;
  const exitCode = await runTraining({ training, home }, io);
  const tally = new Tally();
  if (exitCode !== EXIT.succeeded) return { exitCode, tally, swapped: null, kinds: [] };
  const { service, alerts } = await openDemoService(places, io);
  const wire = await connect(service);
  try {
    const before = service.modelId;
    await live({ service, wire, tally }, io);
    tellLatencies(tally, wire, io);
    const after = service.modelId;
    // Without a second model there is nothing to roll back to.
    if (after !== before) await breakAndRollBack(places, io);
    const kinds = alerts.map(({ kind }) => kind);
    const isWhole = tally.dropped === 0 && after !== before;
    const end = isWhole ? EXIT.succeeded : EXIT.failed;
    io.out(RULE);
    io.out(labelled('Result', isWhole ? 'the loop closed' : 'THE LOOP DID NOT CLOSE'));
    return { exitCode: end, tally, swapped: after === before ? null : after, kinds };
  } finally {
    await wire.close();
    await service.close();
  }
}

interface Live {
  readonly service: EnrichmentService;
  readonly wire: Wire;
  readonly tally: Tally;
}

async function live(parts: Live, io: ConsoleIo): Promise<void> {
  const { service } = parts;
  io.out(`\n2. INFER on GENERATED bars of the same character, by ${parts.wire.name}`);
  const calm = [...liveSignals(CALM)];
  await feed(parts, calm[Symbol.iterator](), () => false);
  io.out(labelled('  Accuracy', accuracyText(service)));
  io.out('\n3. DEGRADE: the market turns against the trend; RETRAIN in a thread and SWAP');
  const before = service.modelId;
  const afterMs = Number((calm.at(-1)?.timestamp ?? 0n) / 1_000_000n);
  const turned = liveSignals({ ...TURNED, afterMs });
  await feed(parts, turned, () => service.modelId !== before);
  io.out(`\n4. GO ON with ${service.modelId}`);
  await feed(parts, takeSome(turned, 1200)[Symbol.iterator](), () => false);
  io.out(labelled('  Accuracy', accuracyText(service)));
}

const PAUSE_MS = 5;

/** Signals in lots, until they end or `isEnough`. */
async function feed(
  { service, wire, tally }: Live,
  signals: Iterator<Parameters<Wire['ask']>[0][number]>,
  isEnough: () => boolean,
): Promise<void> {
  for (;;) {
    const lot = takeSome(signals, wire.lot);
    if (lot.length === 0) return;
    tally.asked(lot.length);
    const retrainings = service.triggers.length;
    const wasBusy = service.isRetraining;
    const answers = await wire.ask(lot);
    const isBusy = wasBusy || service.isRetraining || service.triggers.length > retrainings;
    tally.answered(answers, isBusy);
    if (isEnough()) return;
    // Signals come as a market gives them, not as fast as they can be answered: a retraining would see thousands go by.
    if (service.isRetraining) await setTimeout(PAUSE_MS);
  }
}

function accuracyText({ monitor, samples }: EnrichmentService): string {
  const { baseline, current, seen } = monitor;
  const now = current === null ? 'too few outcomes' : percent(current);
  const then = baseline === null ? 'none' : percent(baseline);
  return `${now} over the newest ${count(seen)} outcomes; baseline ${then}; ${count(samples)} samples`;
}

function tellLatencies(tally: Tally, wire: Wire, io: ConsoleIo): void {
  const { quiet, duringRetrain, answers, dropped, late, models } = tally;
  const p99 = (of: typeof quiet): string => `p99 ${of.quantileUs(0.99).toFixed(0)} us`;
  const models_ = [...models].map(([id, number]) => `${id} ${count(number)}`).join(', ');
  io.out(
    labelled('  Answers', `${count(answers)} by ${wire.name}, ${dropped} dropped, ${late} late`),
  );
  io.out(labelled('  Models', `${models_}; each answer by exactly one`));
  io.out(
    labelled(
      '  Inference',
      `quiet ${p99(quiet)}; while a model was trained ${p99(duringRetrain)} (${count(duringRetrain.count)} answers)`,
    ),
  );
}

/** A service that starts on a damaged model goes on without one; a rollback mends it. */
async function breakAndRollBack(places: TrainPlaces, io: ConsoleIo): Promise<void> {
  io.out('\n5. BREAK the model file, start anew, ROLL BACK');
  const store = new ModelStore(places.models);
  const version = (await store.promoted(DEMO_MODEL)) ?? 0;
  await damage(join(places.models, DEMO_MODEL, `v${String(version).padStart(6, '0')}.json`));
  const { service } = await openDemoService(places, io);
  try {
    const [signal] = liveSignals({ ...CALM, bars: 100 });
    const answer = signal && service.enrich(signal);
    if (answer?.kind === 'enriched')
      io.out(
        labelled('  Confidence', `${answer.enriched.metaConfidence} (${answer.confidenceFrom})`),
      );
    const earlier = await store.rollback(DEMO_MODEL);
    await service.refreshModel();
    io.out(labelled('  Rolled back', `to version ${earlier}: ${service.modelId} is in use`));
  } finally {
    await service.close();
  }
}

/** One byte in the middle. */
async function damage(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write('#', Math.floor(size / 2));
}
