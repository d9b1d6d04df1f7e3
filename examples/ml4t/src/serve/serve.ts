import { setImmediate } from 'node:timers/promises';
import { messageOf } from '../base/message-of.ts';
import { BusHealth } from '../bus/bus-health.ts';
import { openRedisBus } from '../bus/open-redis-bus.ts';
import { Publisher } from '../bus/publisher.ts';
import { serveBus } from '../bus/serve-bus.ts';
import type { Settings } from '../config/settings.ts';
import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { encodeInference } from '../events/enriched-json.ts';
import { DATA_SET_FACTS } from '../market/data-set.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';
import { dataFeed } from './data-feed.ts';
import { openService, printAlert, settingsOf } from './open-service.ts';
import { type FeedSpec, readServeOptions, SERVE_USAGE } from './serve-options.ts';
import { summaryLines } from './summary-lines.ts';

const LOOK_FOR_MODELS_MS = 1000;

/** Of a service that is told of neither data nor Redis: enough to see it work. */
const DEFAULT_FEED: FeedSpec = { data: 'edge', bars: 2000, seed: 8 };

/** Answers signals: of a data set by direct calls, or of a Redis until Ctrl-C. */
export async function serve(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const options = readServeOptions(argv);
  if (options === undefined) {
    io.out(SERVE_USAGE);
    return EXIT.succeeded;
  }
  const { redis, mode } = options;
  const settings = await settingsOf(options, io);
  const isBus = options.feed === undefined && (redis !== undefined || settings.redis.enabled);
  const feed = options.feed ?? DEFAULT_FEED;
  const origin = isBus ? 'bus' : DATA_SET_FACTS[feed.data].origin;
  const service = await openService({ ...options, settings, origin }, io);
  try {
    if (isBus) {
      const chosen = { ...settings.redis, ...(redis && { url: redis }), ...(mode && { mode }) };
      return await serveRedis(service, { ...settings, redis: chosen }, io);
    }
    return await serveData(service, feed, io);
  } finally {
    await service.close();
  }
}

async function serveData(service: EnrichmentService, feed: FeedSpec, io: ConsoleIo) {
  io.notice(`signals of ${feed.data}: ${DATA_SET_FACTS[feed.data].description}`);
  for (const event of await dataFeed(feed)) {
    io.out(JSON.stringify(encodeInference(service.enrich(event))));
    await setImmediate();
  }
  await service.settled();
  for (const line of summaryLines(service)) io.notice(line);
  return EXIT.succeeded;
}

async function serveRedis(
  service: EnrichmentService,
  { redis, outboxCapacity }: Settings,
  io: ConsoleIo,
): Promise<ExitCode> {
  const alert = printAlert(io);
  const health = new BusHealth(alert);
  const bus = openRedisBus(redis, health);
  const publisher = new Publisher({ sink: bus.sink, capacity: outboxCapacity, alert, health });
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.on('SIGINT', end).on('SIGTERM', end);
  // A model that another process promoted or rolled back is taken up here.
  const refuse = (error: unknown): void =>
    alert({ kind: 'model-refused', message: `the store cannot be read: ${messageOf(error)}` });
  const look = setInterval(() => service.refreshModel().catch(refuse), LOOK_FOR_MODELS_MS);
  const { signals, enriched } = redis.channels;
  io.notice(
    `serving ${signals} -> ${enriched} (${redis.mode}); model ${service.modelId ?? 'none'}`,
  );
  try {
    await serveBus({ service, source: bus.source, publisher, health }, stop.signal);
  } finally {
    clearInterval(look);
    process.off('SIGINT', end).off('SIGTERM', end);
    await publisher.close();
    bus.close();
  }
  for (const line of summaryLines(service)) io.notice(line);
  return stop.signal.aborted ? EXIT.cancelled : EXIT.succeeded;
}
