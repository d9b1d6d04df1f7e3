import type { SeenKey, StageView } from '@millrace/core';
import { printable } from '../terminal/printable.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';
import { storedJson, storedText } from './change-text.ts';
import { factLines } from './fact-lines.ts';
import { listOf, localTime } from './words.ts';

export type Moment = 'before' | 'after';

const COLUMNS = [
  { title: 'key' },
  { title: 'written by' },
  { title: 'read as' },
  { title: 'value' },
  { title: 'note' },
];

/** The context as a stage saw it, one line for each key. */
export async function viewLines(
  view: StageView,
  { moment, paint }: { readonly moment: Moment; readonly paint: Paint },
): Promise<string[]> {
  const rows: string[][] = [];
  for (const seen of view.keys) rows.push(await rowOf(seen));
  const facts = [
    ['run', view.run.id],
    ['stage', view.stage],
    ['context', momentText(view, moment)],
  ] as const;
  return [
    ...factLines(facts, paint),
    ...(rows.length === 0 ? [] : ['', table(COLUMNS, rows, paint)]),
    ...noteLines(view).map((line) => paint('dim', line)),
  ];
}

async function rowOf({ key, writer, readAs, isLater, load }: SeenKey): Promise<string[]> {
  return [
    printable(key ?? '?'),
    writer ?? 'initial context',
    printable(readAs.join(', ')),
    storedText(await load()),
    isLater ? 'written after the stage began' : '',
  ];
}

function momentText({ record }: StageView, moment: Moment): string {
  if (record === undefined) return 'as it stands: the stage has not ended';
  const { attempt, startedAt, origin } = record;
  if (origin !== undefined) return `${moment} its outcome was taken over from run ${origin.runId}`;
  if (startedAt === undefined) return 'as it stands: the stage did not start';
  return `${moment} attempt ${attempt}, which began at ${localTime(startedAt)}`;
}

function noteLines({ absent, replaced, keys, extent }: StageView): string[] {
  const lines: string[] = [];
  if (absent.length > 0) lines.push(`nobody had written: ${listOf(absent)}`);
  if (replaced.length > 0) {
    lines.push(`written anew since it was read, and not kept: ${listOf(replaced)}`);
  }
  if (keys.some(({ key }) => key === undefined)) {
    lines.push('?: several keys hold the value that was read');
  }
  if (extent === 'reads') lines.push('only what it read is told');
  return lines.length === 0 ? [] : ['', ...lines];
}

export async function viewJson(
  view: StageView,
  moment: Moment,
): Promise<Readonly<Record<string, unknown>>> {
  const keys: unknown[] = [];
  for (const { key, writer, readAs, isLater, load } of view.keys) {
    keys.push({ key, writer: writer ?? null, readAs, later: isLater, ...storedJson(await load()) });
  }
  const { run, stage, record, extent, absent, replaced } = view;
  return {
    run: run.id,
    stage,
    moment,
    status: record?.status,
    attempt: record?.attempt,
    extent,
    keys,
    absent,
    replaced,
  };
}
