import {
  type CheckpointStore,
  decodeValue,
  type RunRecord,
  type SignalRecord,
  type WaitRecord,
} from '@millrace/core';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { valueJson, valueText } from '../report/value-text.ts';
import { recordedWaitText, waitJson } from '../report/wait-text.ts';
import { localTime } from '../report/words.ts';
import { findStore } from '../runs/find-store.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { namedOrNewestRun } from '../runs/named-or-newest-run.ts';
import { hideSecretsOf } from '../runs/run-secrets.ts';
import { readRunWaits } from '../runs/run-waits.ts';
import type { ShownRunStatus } from '../runs/shown-status.ts';
import { shownStore } from '../runs/store-place.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';

interface SignalsOfRun {
  readonly run: RunRecord;
  readonly status: ShownRunStatus;
  /** Those that are open. */
  readonly open: readonly WaitRecord[];
  readonly waits: readonly WaitRecord[];
  readonly signals: readonly SignalRecord[];
}

/** Tells what a run waits for, and the signals that came for it. Default: the newest run. */
export async function signals(
  context: CommandContext,
  id: string | undefined,
  flags: CommonFlags,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const spec = await findStore(context, { store: flags.store });
  await lookAtStore(spec, async (store) => {
    const run = await namedOrNewestRun(store, id, shownStore(spec, cwd));
    // Data are stored as they were sent.
    await hideSecretsOf(context, store, run);
    const found = await read(store, run);
    if (flags.json === true) terminal.printJson(toJson(found));
    else terminal.print(toLines(found, terminal.paint).join('\n'));
  });
  return EXIT.succeeded;
}

async function read(store: CheckpointStore, run: RunRecord): Promise<SignalsOfRun> {
  const { status, waits: open } = await readRunWaits(store, run);
  const waits = await store.loadWaits(run.id);
  return { run, status, open, waits, signals: await store.loadSignals(run.id, 0) };
}

function toJson({ run, status, open, waits, signals: sent }: SignalsOfRun): unknown {
  return {
    run: run.id,
    status,
    waits: open.map(waitJson),
    signals: sent.map((signal) => ({
      number: signal.number,
      name: signal.name,
      stage: signal.stage,
      sentAt: signal.sentAt,
      sender: signal.sender,
      data: valueJson(dataOf(signal)),
      takenBy: takers(signal, waits),
      refusedBy: refusers(signal, waits),
    })),
  };
}

const WAIT_COLUMNS = [{ title: 'stage' }, { title: 'waits' }, { title: 'since' }];
const SIGNAL_COLUMNS = [
  { title: 'signal', right: true },
  { title: 'name' },
  { title: 'for' },
  { title: 'sent' },
  { title: 'by' },
  { title: 'taken by' },
  { title: 'data' },
];

function toLines({ run, open, waits, signals: sent }: SignalsOfRun, paint: Paint): string[] {
  if (open.length + sent.length === 0) {
    return [`run ${run.id} waits for nothing, and no signal was sent to it`];
  }
  const waitRows = open.map((wait) => [wait.stage, recordedWaitText(wait), localTime(wait.since)]);
  const signalRows = sent.map((signal) => [
    String(signal.number),
    signal.name,
    signal.stage ?? '',
    localTime(signal.sentAt),
    signal.sender ?? '',
    takerText(signal, waits),
    shownData(dataOf(signal)),
  ]);
  return [
    ...(waitRows.length === 0 ? [] : [table(WAIT_COLUMNS, waitRows, paint)]),
    ...(waitRows.length > 0 && signalRows.length > 0 ? [''] : []),
    ...(signalRows.length === 0 ? [] : [table(SIGNAL_COLUMNS, signalRows, paint)]),
  ];
}

function takers({ number }: SignalRecord, waits: readonly WaitRecord[]): readonly string[] {
  return waits.filter((wait) => wait.signal === number).map(({ stage }) => stage);
}

function refusers({ number }: SignalRecord, waits: readonly WaitRecord[]): readonly string[] {
  return waits.filter(({ refused }) => refused.includes(number)).map(({ stage }) => stage);
}

function takerText(signal: SignalRecord, waits: readonly WaitRecord[]): string {
  const refused = refusers(signal, waits).map((stage) => `refused by ${stage}`);
  return [...takers(signal, waits), ...refused].join(', ');
}

function shownData(data: unknown): string {
  return data === undefined ? '' : valueText(data, { short: true });
}

function dataOf({ payload }: SignalRecord): unknown {
  const decoded = decodeValue(payload);
  return decoded.ok ? decoded.value.value : `damaged: ${decoded.problem.message}`;
}
