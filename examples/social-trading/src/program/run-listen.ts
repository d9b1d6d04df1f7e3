import { join } from 'node:path';
import { systemClock } from '@millrace/core';
import { exampleFolder } from '../base/example-folder.ts';
import { openSocial } from '../flow/open-social.ts';
import { readSettings } from '../flow/read-settings.ts';
import { holdHome } from './hold-home.ts';
import { noticeLogger } from './notice-logger.ts';
import type { ProgramIo } from './program-io.ts';
import type { ProgramOptions } from './read-options.ts';
import { openRedis, postSource, resultSink } from './redis-parts.ts';
import { runStream } from './run-stream.ts';
import type { Summary } from './summary.ts';

/** Takes posts from Redis until it is told to stop. Always durable. */
export async function runListen(
  { home, redis: url, set, environment, status }: ProgramOptions & { readonly redis: string },
  io: ProgramIo,
): Promise<Summary> {
  const logger = noticeLogger(io);
  const settings = readSettings(join(exampleFolder, 'stream.yaml'));
  const connection = openRedis(url, settings, logger);
  let letGo = (): void => {};
  try {
    letGo = holdHome(home, true);
    const social = await openSocial({
      ...{ home, durable: true, clock: systemClock, set, logger },
      ...(environment === undefined ? {} : { environment }),
      posts: () => postSource(connection, settings, logger),
      sink: (_, ledger) => resultSink(connection, settings, ledger, logger),
    });
    try {
      return await runStream(social, io, status);
    } finally {
      social.close();
    }
  } finally {
    connection.close();
    letGo();
  }
}
