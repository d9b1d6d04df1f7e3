import { resolve } from 'node:path';
import { MillraceError, parseDurationMs, systemClock } from '@millrace/core';
import { parseStoreSpec } from '../../facade/store-spec.ts';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { localTime } from '../report/words.ts';
import { findStore } from '../runs/find-store.ts';
import { CronTimes } from '../schedule/cron-times.ts';
import type { MissedPolicy } from '../schedule/due-times.ts';
import { FoldedNotes } from '../schedule/folded-notes.ts';
import { startRunProcess } from '../schedule/run-process.ts';
import { ScheduleHost } from '../schedule/schedule-host.ts';
import { ScheduleState } from '../schedule/schedule-state.ts';
import { SCHEDULED_AT } from '../schedule/scheduled-run.ts';
import { type OverlapPolicy, type ScheduleNote, Scheduler } from '../schedule/scheduler.ts';

export interface ScheduleFlags extends CommonFlags {
  readonly cron: string;
  readonly tz?: string;
  readonly missed?: MissedPolicy;
  readonly overlap?: OverlapPolicy;
  readonly name?: string;
  readonly pipeline?: string;
  readonly env?: string;
  /** A time, or a duration from now. */
  readonly until?: string;
  readonly count?: number;
  readonly onStop?: 'drain' | 'cancel';
  readonly dryRun?: boolean;
}

interface Scheduled {
  /** As written. */
  readonly config: string;
  /** Flags of `millrace run`, behind `--`. */
  readonly runFlags: readonly string[];
}

/** What a dry run tells without `--count`. */
const SHOWN_TIMES = 5;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** They belong to the scheduler. */
const OWN_FLAGS = ['--store', '--json', '--dry-run', '--scheduled-by', '--pipeline', '--env'];

/** Starts runs of a config at the times of a cron expression, until it is stopped. */
export async function schedule(
  context: CommandContext,
  scheduled: Scheduled,
  flags: ScheduleFlags,
): Promise<ExitCode> {
  const times = new CronTimes(flags.cron, flags.tz);
  const nowMs = systemClock.now();
  const untilMs = flags.until === undefined ? undefined : untilOf(flags.until, nowMs);
  if (flags.dryRun === true) return showTimes(context, times, { nowMs, untilMs, flags });
  refuseOwnFlags(scheduled.runFlags);
  const request = await scheduleRequest(context, scheduled, flags);
  const checked = await preflight(request, context, times.next(nowMs) ?? nowMs);
  if (checked !== EXIT.succeeded) return EXIT.usage;
  const state = new ScheduleState(request.storePath, request.schedule);
  const notes = new FoldedNotes((line) => context.terminal.print(`schedule: ${line}`));
  const tell = teller(context, flags, notes);
  const { missed = 'skip', overlap = 'skip', count } = flags;
  // What came while the config was checked was before its first start, too.
  const handledMs = state.read() ?? systemClock.now();
  const host = new ScheduleHost({ ...request, ...context, state, tell });
  const scheduler = new Scheduler(
    { clock: systemClock, times, missed, overlap, handledMs, untilMs, count },
    host,
  );
  try {
    return await drive(context, scheduler, flags);
  } finally {
    notes.end();
  }
}

interface ScheduleRequest {
  readonly schedule: string;
  readonly storeSpec: string;
  readonly storePath: string;
  readonly words: readonly string[];
}

async function scheduleRequest(
  context: CommandContext,
  { config, runFlags }: Scheduled,
  flags: ScheduleFlags,
): Promise<ScheduleRequest> {
  const file = resolve(context.cwd, config);
  const { pipeline, env, json } = flags;
  const storeSpec = await findStore(context, { store: flags.store, file, pipeline, env });
  const store = parseStoreSpec(storeSpec, context.cwd);
  if (store.kind === 'memory' || store.path === ':memory:') {
    throw new MillraceError(
      'USAGE',
      'a schedule needs a store on disk, and this one is in memory',
      {
        help: 'give --store sqlite:PATH',
      },
    );
  }
  const words = [
    ...['run', file, '--store', storeSpec],
    ...(pipeline === undefined ? [] : ['--pipeline', pipeline]),
    ...(env === undefined ? [] : ['--env', env]),
    ...(json === true ? ['--json'] : []),
    ...runFlags,
  ];
  const { cron, tz = '' } = flags;
  // Another time, config or flag is another schedule, unless it is named.
  const schedule = flags.name ?? JSON.stringify([cron, tz, file, pipeline, env, ...runFlags]);
  return { schedule, storeSpec, storePath: store.path, words };
}

/** What would fail at each time is told at once. Its complaint is on standard error already. */
async function preflight(
  { words }: ScheduleRequest,
  { cwd, env }: CommandContext,
  nextMs: number,
): Promise<number | null> {
  const at = new Date(nextMs).toISOString();
  return await startRunProcess({
    words: [...words, '--dry-run'],
    cwd,
    env: { ...env, [SCHEDULED_AT]: at },
    isShown: false,
  }).ended;
}

async function drive(
  { terminal }: CommandContext,
  scheduler: Scheduler,
  { onStop = 'drain' }: ScheduleFlags,
): Promise<ExitCode> {
  let stops = 0;
  const stop = (signal: NodeJS.Signals): void => {
    stops++;
    scheduler.stop();
    if (scheduler.running === 0) return;
    const isCancel = onStop === 'cancel' || stops > 1;
    if (isCancel) scheduler.stopRuns();
    const what = isCancel ? 'cancelling' : 'waiting for';
    terminal.notice(`${signal}: ${what} what runs${isCancel ? '' : '; once more to cancel it'}`);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    await scheduler.run();
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
  return stops > 1 ? EXIT.cancelled : EXIT.succeeded;
}

function teller(
  { terminal }: CommandContext,
  { json }: ScheduleFlags,
  notes: FoldedNotes,
): (note: ScheduleNote) => void {
  return (note) => {
    if (json !== true) return notes.tell(note);
    const { kind, ...facts } = note;
    terminal.printJson({ type: `schedule.${kind}`, ...facts });
  };
}

function showTimes(
  { terminal }: CommandContext,
  times: CronTimes,
  asked: {
    readonly nowMs: number;
    readonly untilMs: number | undefined;
    readonly flags: ScheduleFlags;
  },
): ExitCode {
  const { nowMs, untilMs = Number.POSITIVE_INFINITY, flags } = asked;
  const found: number[] = [];
  let at = times.next(nowMs);
  while (at !== undefined && at <= untilMs && found.length < (flags.count ?? SHOWN_TIMES)) {
    found.push(at);
    at = times.next(at);
  }
  const { cron, tz } = flags;
  if (flags.json === true) {
    terminal.printJson({ cron, tz, times: found.map((time) => new Date(time).toISOString()) });
  } else {
    for (const time of found) {
      terminal.print(`${zonedTime(time, tz)}  ${new Date(time).toISOString()}`);
    }
  }
  return EXIT.succeeded;
}

/** `Mon 2026-11-23 06:00:00` in the zone of the schedule. */
function zonedTime(at: number, timeZone: string | undefined): string {
  if (timeZone === undefined) return localTime(at);
  const parts = { dateStyle: 'short', timeStyle: 'medium', timeZone } as const;
  return new Intl.DateTimeFormat('sv-SE', parts).format(at);
}

/** @throws MillraceError USAGE */
function untilOf(text: string, nowMs: number): number {
  const duration = parseDurationMs(text);
  if (duration.ok) return nowMs + duration.value;
  const at = Date.parse(text);
  if (at > nowMs) return at;
  if (!Number.isNaN(at)) {
    throw new MillraceError('USAGE', `--until: ${JSON.stringify(text)} is past already`, {
      help: 'give a time to come, or a duration from now such as 8h',
    });
  }
  throw new MillraceError('USAGE', `--until: ${JSON.stringify(text)} is no time and no duration`, {
    help: 'write it like 2026-12-31T18:00:00Z, or 8h from now',
  });
}

/** @throws MillraceError USAGE */
function refuseOwnFlags(runFlags: readonly string[]): void {
  const own = runFlags.find((word) => OWN_FLAGS.includes(word.split('=')[0] ?? ''));
  if (own === undefined) return;
  throw new MillraceError('USAGE', `${own} belongs to the schedule, and stands behind --`, {
    help: `put it before --: millrace schedule CONFIG ${own} ... -- FLAGS OF RUN`,
  });
}
