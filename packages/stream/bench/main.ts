/**
 * Streams beside what is asked of them, with generated numbers for messages: `npm run bench -w @millrace/stream`,
 * after a build. `--messages N` for the run of constant memory (default 10 million), 0 leaves it out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  iterableSource,
  SqliteJournal,
  type StreamMetrics,
  type StreamOptions,
  StreamProcessor,
} from '@millrace/stream';
import { print, printBeside, printLatencies, printLoop } from './measure.ts';
import { ASYNC_CHAIN, byHand, SYNC_CHAIN } from './stages.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '10000000' } } });
const ROUNDS = 3;
const COUNT = 200_000;
const MOST_OVERHEAD = { value: 20, isMost: true };
const LEAST_RATE = { value: 10_000, isMost: false };

function* numbers(count: number): Generator<number> {
  for (let n = 0; n < count; n++) yield n;
}

interface Replayed {
  readonly usPerMessage: number;
  readonly metrics: StreamMetrics;
}

async function replay(
  options: Omit<StreamOptions<number>, 'source'>,
  count: number,
): Promise<Replayed> {
  const processor = new StreamProcessor({ ...options, source: iterableSource(numbers(count)) });
  const start = performance.now();
  await processor.start();
  const { counts } = await processor.finished;
  const usPerMessage = ((performance.now() - start) * 1000) / count;
  if (counts.statuses.done !== count) throw new Error(`not all done: ${JSON.stringify(counts)}`);
  return { usPerMessage, metrics: processor.metrics };
}

async function replayByHand(count: number): Promise<number> {
  const start = performance.now();
  let sum = 0;
  for (const n of numbers(count)) sum += await byHand(n);
  if (sum <= 0) throw new Error('nothing was done');
  return ((performance.now() - start) * 1000) / count;
}

async function rounds(measure: () => Promise<number>): Promise<number[]> {
  const measured: number[] = [];
  for (let round = 0; round < ROUNDS; round++) measured.push(await measure());
  return measured;
}

async function overhead(): Promise<void> {
  await replayByHand(COUNT);
  const hand = await rounds(() => replayByHand(COUNT));
  printBeside('five async functions by hand', hand, 'us a message');
  const own = Math.min(...hand);
  const cases: [string, StreamOptions<number>][] = [
    ['five stages', { pipeline: SYNC_CHAIN }],
    ['  checked at the border only', { pipeline: SYNC_CHAIN, settings: { check: 'border' } }],
    ['five async stages', { pipeline: ASYNC_CHAIN }],
  ];
  for (const [name, options] of cases) {
    const measured = await rounds(async () => (await replay(options, COUNT)).usPerMessage - own);
    printBeside(`${name}, beyond those by hand`, measured, 'us', MOST_OVERHEAD);
  }
}

async function keyed(): Promise<void> {
  const options: StreamOptions<number> = {
    pipeline: ASYNC_CHAIN,
    key: ({ value }) => String(value % 100),
    settings: { concurrency: 16 },
  };
  const measured = await rounds(async () => 1e6 / (await replay(options, COUNT)).usPerMessage);
  printBeside('100 keys, each in order, 16 at once', measured, 'messages/s', LEAST_RATE);
}

/** Messages that come evenly, so that a latency is that of the path and not that of a queue. */
async function paced(
  name: string,
  options: StreamOptions<number>,
  perSecond: number,
): Promise<void> {
  const processor = new StreamProcessor(options);
  await processor.start();
  const start = performance.now();
  let pushed = 0;
  const total = perSecond * 5;
  while (pushed < total) {
    const due = Math.min(total, ((performance.now() - start) * perSecond) / 1000);
    while (pushed < due) {
      pushed++;
      processor.push({ id: String(pushed), value: pushed });
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await processor.stop();
  printLatencies(`${name}, ${perSecond.toLocaleString('en')}/s`, processor.metrics.latency);
  printLoop('', processor.metrics);
}

async function durable(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  let number = 0;
  try {
    for (const synchronous of ['full', 'normal'] as const) {
      const measured = await rounds(async () => {
        const journal = new SqliteJournal(join(folder, `${++number}.db`), { synchronous });
        return 1e6 / (await replay({ pipeline: SYNC_CHAIN, journal }, 20_000)).usPerMessage;
      });
      printBeside(`durable, synchronous ${synchronous}`, measured, 'messages/s');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function memory(count: number): Promise<void> {
  const heap: number[] = [];
  let ended = 0;
  const processor = new StreamProcessor({
    pipeline: SYNC_CHAIN,
    source: iterableSource(numbers(count)),
    status: () => {
      if (++ended % (count / 10) === 0) heap.push(used());
      return 'done';
    },
  });
  const start = performance.now();
  await processor.start();
  const { counts } = await processor.finished;
  const seconds = (performance.now() - start) / 1000;
  print(
    `${count.toLocaleString('en')} messages`,
    `${seconds.toFixed(1)} s, ${JSON.stringify(counts.statuses)}`,
  );
  print(
    '  heap after each tenth',
    `${heap.map((bytes) => (bytes / 1e6).toFixed(0)).join(', ')} MB`,
  );
  printLoop(' ', processor.metrics);
}

/** What lives, where the process was started with --expose-gc. */
function used(): number {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  return process.memoryUsage().heapUsed;
}

const [cpu] = cpus();
print('machine', `${cpus().length} x ${cpu?.model}, Node ${process.version}`);
await overhead();
await keyed();
await paced('immediate path, five stages', { pipeline: SYNC_CHAIN }, 2000);
await paced('immediate path, five stages', { pipeline: SYNC_CHAIN }, 10_000);
await paced('immediate path, five async stages', { pipeline: ASYNC_CHAIN }, 10_000);
await durable();
if (Number(values.messages) > 0) await memory(Number(values.messages));
