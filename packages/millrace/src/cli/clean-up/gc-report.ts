import type { Leftovers, RunVerdict, StoreUsage } from '@millrace/core';
import { sizeText } from '../report/size-text.ts';
import { countOf, localTime } from '../report/words.ts';
import { paintStatus } from '../terminal/status-style.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';
import { reasonText } from './reason-text.ts';

/** What a clean-up did, or would do. */
export interface GcReport {
  /** As people write it. */
  readonly store: string;
  readonly dryRun: boolean;
  readonly verdicts: readonly RunVerdict[];
  /** Values and files that went, or would go. */
  readonly removed: Leftovers;
  readonly waiting: Leftovers;
  /** Runs that another process took in between. */
  readonly escaped: readonly RunVerdict[];
  /** Log files that went with their runs. */
  readonly logs: number;
  readonly before: StoreUsage;
  /** As `before` when nothing was done. */
  readonly after: StoreUsage;
}

const COLUMNS = [
  { title: 'run' },
  { title: 'pipeline' },
  { title: 'status' },
  { title: 'started' },
  { title: '' },
];

export function gcText(report: GcReport, paint: Paint): string {
  const { verdicts } = report;
  const rows = verdicts.map((verdict) => {
    const { run, status, keep } = verdict;
    const fate = keep === undefined ? paint('bold', fateOf(report, verdict)) : reasonText(keep);
    const word = keep === undefined ? fate : `kept: ${fate}`;
    return [run.id, run.pipeline, paintStatus(status, paint), localTime(run.createdAt), word];
  });
  const list = rows.length === 0 ? [] : [table(COLUMNS, rows, paint), ''];
  return [...list, ...summaryLines(report)].join('\n');
}

function fateOf({ dryRun, escaped }: GcReport, verdict: RunVerdict): string {
  if (dryRun) return 'goes';
  return escaped.includes(verdict) ? 'kept: another process took it meanwhile' : 'deleted';
}

function summaryLines(report: GcReport): readonly string[] {
  const { dryRun, verdicts, removed, waiting, before, after, store } = report;
  const gone = goneOf(report);
  const what = `${countOf(gone, 'run')} of ${verdicts.length.toLocaleString('en-US')}`;
  const values = `${countOf(removed.values, 'value')} (${sizeText(removed.bytes)})`;
  const done = dryRun
    ? `would delete ${what}, and ${values} to which nothing else refers`
    : `deleted ${what}, and ${values} to which nothing else refers`;
  const grew = dryRun
    ? sizeText(before.bytes)
    : `${sizeText(before.bytes)} -> ${sizeText(after.bytes)}`;
  const free =
    after.freeBytes === 0 ? '' : `, ${sizeText(after.freeBytes)} of it free for new runs`;
  return [
    done,
    ...(waiting.values === 0
      ? []
      : [
          `${countOf(waiting.values, 'value')} (${sizeText(waiting.bytes)}) stay until a later clean-up: another process has the store open and may need them`,
        ]),
    `${store}: ${grew}${free}`,
  ];
}

function goneOf({ verdicts, escaped }: GcReport): number {
  return verdicts.filter(({ keep }) => keep === undefined).length - escaped.length;
}

export function gcJson(report: GcReport): Readonly<Record<string, unknown>> {
  const { store, dryRun, verdicts, escaped, removed, waiting, logs, before, after } = report;
  const deleted = goneOf(report);
  return {
    store,
    dryRun,
    // Nobody is to take what a dry run tells for done.
    [dryRun ? 'wouldDelete' : 'deleted']: deleted,
    kept: verdicts.length - deleted,
    [dryRun ? 'wouldRemove' : 'removed']: removed,
    waiting,
    logs,
    bytesBefore: before.bytes,
    bytesAfter: after.bytes,
    freeBytes: after.freeBytes,
    runs: verdicts.map((verdict) => {
      const { run, status, keep } = verdict;
      const { id, pipeline, createdAt, finishedAt } = run;
      const isGone = keep === undefined && !escaped.includes(verdict);
      const reason = keep ?? (isGone ? undefined : { kind: 'taken' });
      const fate = { [dryRun ? 'wouldDelete' : 'deleted']: isGone, reason };
      return { id, pipeline, status, createdAt, finishedAt, ...fate };
    }),
  };
}
