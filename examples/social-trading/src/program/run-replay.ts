import { type Clock, VirtualClock } from '@millrace/core';
import { openSocial, type Social } from '../flow/open-social.ts';
import { type Pumped, pumpClock } from '../source/pump-clock.ts';
import { firstPostAt, ReplaySource } from '../source/replay-source.ts';
import { ScaledClock } from '../source/scaled-clock.ts';
import { holdHome } from './hold-home.ts';
import { noticeLogger } from './notice-logger.ts';
import type { ProgramIo } from './program-io.ts';
import type { ProgramOptions } from './read-options.ts';
import { runStream } from './run-stream.ts';
import type { Summary } from './summary.ts';

/** Plays posts of a file; a durable one goes on where it was killed, any other begins anew. */
export async function runReplay(options: ProgramOptions, io: ProgramIo): Promise<Summary> {
  const letGo = holdHome(options.home, options.durable);
  try {
    return await playInto(options, io);
  } finally {
    letGo();
  }
}

async function playInto(options: ProgramOptions, io: ProgramIo): Promise<Summary> {
  const { posts: file, durable, home, set, environment, speed } = options;
  const start = firstPostAt(file);
  const clock: Clock =
    speed === undefined ? new VirtualClock(start) : new ScaledClock(start, speed);
  const social = await openSocial({
    ...{ home, durable, clock, set },
    ...(environment === undefined ? {} : { environment }),
    ...(speed === undefined ? {} : { speed }),
    posts: (_, ledger) =>
      new ReplaySource({ file, clock, ...(durable ? { position: ledger } : {}) }),
    logger: noticeLogger(io),
  });
  const stopPump = clock instanceof VirtualClock ? pumpClock(clock, pumped(social)) : undefined;
  try {
    return await runStream(social, io, options.status);
  } finally {
    stopPump?.();
    social.close();
  }
}

/** @param isWaiting whether a message is on its way to the stream */
export function pumped({ processor }: Social, isWaiting: () => boolean = () => false): Pumped {
  return {
    isBusy: () => {
      const { queued, running, unsent } = processor.counts;
      // A deadline of the stop would pass before anything else could.
      const isStopping = processor.state === 'stopping';
      return isStopping || queued + running + unsent > 0 || isWaiting();
    },
    isStuck: () =>
      processor.health.components.some(
        ({ kind, status }) => (kind === 'sink' || kind === 'dead-letters') && status === 'down',
      ),
  };
}
