import { BusHealth } from '../bus/bus-health.ts';
import { openRedisClient } from '../bus/open-redis-bus.ts';
import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { count } from '../console/figures.ts';
import { misuse, oneOf, readFlags, wholeNumber } from '../console/read-flags.ts';
import { encodeSignal } from '../events/signal-json.ts';
import { DATA_SET_FACTS, DATA_SETS } from '../market/data-set.ts';
import { dataFeed } from './data-feed.ts';
import { printAlert, settingsOf } from './open-service.ts';

const USAGE = `usage: npm run feed -- --redis URL [options]

  --redis URL      where the signals go
  --mode MODE      streams (default) or pubsub
  --data NAME      aapl, msft, btc (real); edge, no-edge (GENERATED, default edge)
  --bars N         default all, or 20,000
  --seed S         of generated data; default 8
  --settings FILE  default ml4t.yaml
  --help           this text`;

const FLAGS = {
  redis: { type: 'string' },
  mode: { type: 'string' },
  data: { type: 'string' },
  bars: { type: 'string' },
  seed: { type: 'string' },
  settings: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const AT_ONCE = 100;

/** Publishes the signals of a data set. */
export async function feed(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const { values } = readFlags(argv, FLAGS);
  if (values.help === true) {
    io.out(USAGE);
    return EXIT.succeeded;
  }
  const { redis: url } = values;
  if (url === undefined) throw misuse('--redis is missing');
  const data = oneOf('data', DATA_SETS, values.data ?? 'edge');
  const bars = wholeNumber('bars', values.bars ?? '0', 0);
  const seed = wholeNumber('seed', values.seed ?? '8', 0);
  const settings = await settingsOf({ settings: values.settings }, io);
  const mode = oneOf('mode', ['streams', 'pubsub'], values.mode ?? settings.redis.mode);
  const client = openRedisClient(
    { ...settings.redis, url, mode },
    new BusHealth(printAlert(io)),
    'feed',
  );
  try {
    const events = [...(await dataFeed({ data, bars, seed }))];
    for (let at = 0; at < events.length; at += AT_ONCE) {
      const lot = events.slice(at, at + AT_ONCE);
      await client.sink.send(
        lot.map((event) => ({
          id: `${data}:${seed}:${event.timestamp}`,
          value: encodeSignal(event),
        })),
      );
    }
    io.out(`published ${count(events.length)} signals of ${DATA_SET_FACTS[data].description}`);
    return EXIT.succeeded;
  } finally {
    client.close();
  }
}
