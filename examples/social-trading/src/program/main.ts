import { MillraceError } from 'millrace';
import { SocialError } from '../base/social-error.ts';
import { rehearseWith } from '../rehearsal/rehearse.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type ProgramIo, terminalIo } from './program-io.ts';
import { type ProgramOptions, readOptions } from './read-options.ts';
import { runFeed } from './run-feed.ts';
import { runListen } from './run-listen.ts';
import { runRedisReplay } from './run-redis-replay.ts';
import { runReplay } from './run-replay.ts';
import { runReport } from './run-report.ts';
import { givenUp, type Summary } from './summary.ts';
import { summaryLines } from './summary-lines.ts';
import { usage } from './usage.ts';

/** Nothing was run: the person gave something wrong. */
const USAGE_CODES = new Set([
  ...['USAGE', 'SWITCH_UNKNOWN', 'NOTHING_REPLAYED', 'SETTINGS_INVALID', 'REPLAY_UNREADABLE'],
  ...[
    'CONFIG_INVALID',
    'STREAM_SETTINGS_INVALID',
    'REDIS_ADDRESS_INVALID',
    'HOME_DURABLE',
    'STATUS_UNUSABLE',
  ],
]);

/** The program: reads the command line, does what it says, and tells how the process is to end. */
export async function main(
  argv: readonly string[],
  io: ProgramIo = terminalIo(),
): Promise<ExitCode> {
  try {
    rehearseWith(process.env);
    return await run(readOptions(argv), io);
  } catch (error) {
    const isKnown = error instanceof SocialError || error instanceof MillraceError;
    if (!isKnown) throw error;
    for (const line of `error ${error.code}: ${error.message}`.split('\n')) io.notice(line);
    if (error instanceof MillraceError && error.help !== undefined)
      io.notice(`help: ${error.help}`);
    return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
  }
}

async function run(options: ProgramOptions, io: ProgramIo): Promise<ExitCode> {
  const { command, json } = options;
  const quiet = json ? { ...io, out: () => {} } : io;
  switch (command) {
    case 'help':
      for (const line of usage.split('\n')) io.out(line);
      return EXIT.succeeded;
    case 'replay':
      return tell(await replay(options, quiet), json, io);
    case 'listen':
      return tell(await runListen(withRedis(options), quiet), json, io);
    case 'feed':
      await runFeed(withRedis(options), io);
      return EXIT.succeeded;
    case 'report':
      runReport(options, io);
      return EXIT.succeeded;
    default:
      return command satisfies never;
  }
}

/** @throws SocialError USAGE */
function withRedis(options: ProgramOptions): ProgramOptions & { readonly redis: string } {
  const { command, redis } = options;
  if (redis === undefined)
    throw new SocialError('USAGE', `${command} wants --redis URL; see --help`);
  return { ...options, redis };
}

function replay(options: ProgramOptions, io: ProgramIo): Promise<Summary> {
  const { redis } = options;
  return redis === undefined ? runReplay(options, io) : runRedisReplay({ ...options, redis }, io);
}

function tell(summary: Summary, json: boolean, io: ProgramIo): ExitCode {
  if (json) io.out(JSON.stringify(summary));
  else for (const line of summaryLines(summary)) io.out(line);
  switch (summary.reason) {
    case 'stopped':
    case 'source-ended':
      return givenUp(summary.counts) > 0 ? EXIT.degraded : EXIT.succeeded;
    case 'interrupted':
      return EXIT.cancelled;
    case 'source-failed':
    case 'stage-failed':
    case 'journal-failed':
      return EXIT.degraded;
    default:
      return summary.reason satisfies never;
  }
}
