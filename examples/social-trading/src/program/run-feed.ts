import { join } from 'node:path';
import { systemClock } from '@millrace/core';
import { exampleFolder } from '../base/example-folder.ts';
import { readSettings } from '../flow/read-settings.ts';
import { PostFeed } from '../source/feed-posts.ts';
import { firstPostAt, ReplaySource } from '../source/replay-source.ts';
import { ScaledClock } from '../source/scaled-clock.ts';
import { noticeLogger } from './notice-logger.ts';
import type { ProgramIo } from './program-io.ts';
import type { ProgramOptions } from './read-options.ts';
import { openRedis, postSink } from './redis-parts.ts';

/** Writes posts of a file into Redis: at their times where a speed is given, else at once. */
export async function runFeed(
  { posts: file, redis: url, speed }: ProgramOptions & { readonly redis: string },
  io: ProgramIo,
): Promise<void> {
  const logger = noticeLogger(io);
  const settings = readSettings(join(exampleFolder, 'stream.yaml'));
  const connection = openRedis(url, settings, logger);
  // All posts are of the past for the clock of the system.
  const clock = speed === undefined ? systemClock : new ScaledClock(firstPostAt(file), speed);
  const over = new AbortController();
  const stop = (): void => over.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const feed = new PostFeed({
      from: new ReplaySource({ file, clock }),
      to: postSink(connection, settings),
      signal: over.signal,
      warn: (message) => logger.warn(message),
    });
    await feed.run();
    io.out(`${feed.given} posts are in ${settings.redis.stream}`);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    connection.close();
  }
}
