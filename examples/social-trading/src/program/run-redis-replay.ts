import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { VirtualClock } from '@millrace/core';
import type { RedisConnection } from '@millrace/stream';
import { exampleFolder } from '../base/example-folder.ts';
import { openSocial } from '../flow/open-social.ts';
import { readSettings } from '../flow/read-settings.ts';
import { PostFeed } from '../source/feed-posts.ts';
import { pumpClock } from '../source/pump-clock.ts';
import { firstPostAt, ReplaySource } from '../source/replay-source.ts';
import { ScaledClock } from '../source/scaled-clock.ts';
import { holdHome } from './hold-home.ts';
import { noticeLogger } from './notice-logger.ts';
import type { ProgramIo } from './program-io.ts';
import type { ProgramOptions } from './read-options.ts';
import { isReadToEnd, openRedis, postSink, postSource, resultSink } from './redis-parts.ts';
import { pumped } from './run-replay.ts';
import { runStream } from './run-stream.ts';
import type { Summary } from './summary.ts';

type RedisOptions = ProgramOptions & { readonly redis: string };

/**
 * The same replay with Redis in between: posts are fed into a stream of it at their times, read from there, and their results
 * go to another one. It ends when all that was fed is decided.
 * @param redis for tests that watch the connection
 */
export async function runRedisReplay(
  options: RedisOptions,
  io: ProgramIo,
  settingsFile = join(exampleFolder, 'stream.yaml'),
): Promise<Summary> {
  const letGo = holdHome(options.home, options.durable);
  try {
    return await playThrough(options, io, settingsFile);
  } finally {
    letGo();
  }
}

async function playThrough(
  options: RedisOptions,
  io: ProgramIo,
  settingsFile: string,
): Promise<Summary> {
  const { posts: file, durable, home, set, environment, speed, redis: url } = options;
  const logger = noticeLogger(io);
  const settings = readSettings(settingsFile);
  const connection: RedisConnection = openRedis(url, settings, logger);
  const start = firstPostAt(file);
  const clock = speed === undefined ? new VirtualClock(start) : new ScaledClock(start, speed);
  const social = await openSocial({
    ...{ home, durable, clock, set, settings: settingsFile, logger },
    ...(environment === undefined ? {} : { environment }),
    ...(speed === undefined ? {} : { speed }),
    posts: () => postSource(connection, settings, logger),
    sink: (_, ledger) => resultSink(connection, settings, ledger, logger),
  });
  const { processor, source, ledger } = social;
  const over = new AbortController();
  const position = durable ? { position: ledger } : {};
  const feed = new PostFeed({
    from: new ReplaySource({ file, clock, ...position }),
    to: postSink(connection, settings),
    signal: over.signal,
    warn: (message) => logger.warn(message),
  });
  const isWaiting = (): boolean => source.counts.posts < feed.given;
  const stopPump =
    clock instanceof VirtualClock ? pumpClock(clock, pumped(social, isWaiting)) : undefined;
  try {
    const isRead = async (): Promise<boolean> =>
      source.lastPost === feed.last && (await isReadToEnd(connection, settings));
    const fed = feed.run().then(() => until(isRead, over.signal));
    void fed.then(() => processor.stop());
    const summary = await runStream(social, io, options.status);
    over.abort();
    await fed;
    return summary;
  } finally {
    over.abort();
    stopPump?.();
    connection.close();
    social.close();
  }
}

const LOOK_EVERY_MS = 20;

/** While Redis is gone nobody knows, so it is asked again. */
async function until(isTrue: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await isTrue().catch(() => false)) return;
    await setTimeout(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
