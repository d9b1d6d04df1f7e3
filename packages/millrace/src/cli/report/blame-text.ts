import type {
  BlamedOrigin,
  BlamedStage,
  BlamedWrite,
  BlamedWriter,
  KeyBlame,
  RunRecord,
} from '@millrace/core';
import { printable } from '../terminal/printable.ts';
import type { Paint } from '../terminal/terminal.ts';
import { changeLines, changesJson, storedJson, storedText } from './change-text.ts';
import { factLines } from './fact-lines.ts';
import { localTime } from './words.ts';

const MOST_CHANGES = 10;

/** Who wrote a key, oldest first, with its value and what each writer changed. */
export function blameLines({ run, key, writes }: KeyBlame, paint: Paint): string[] {
  const facts = [
    ['key', printable(key)],
    ['run', run.id],
    ['pipeline', run.pipeline],
  ] as const;
  return [
    ...factLines(facts, paint),
    ...writes.flatMap((write) => ['', ...writeLines(write, run, paint)]),
  ];
}

function writeLines(
  { writer, value, changes }: BlamedWrite,
  run: RunRecord,
  paint: Paint,
): string[] {
  const told = [storedText(value)];
  if (changes !== undefined) told.push(...changeLines(changes, { paint, most: MOST_CHANGES }));
  return [writerLine(writer, run, paint), ...told.map((line) => `  ${line}`)];
}

function writerLine(writer: BlamedWriter, run: RunRecord, paint: Paint): string {
  switch (writer.kind) {
    case 'caller':
      return `${paint('bold', 'initial context')}, given when the run was started`;
    case 'definition':
      return `${paint('bold', 'initial context')}, from the ${run.source.file === undefined ? 'pipeline' : 'config'}`;
    case 'stage':
      return `${paint('bold', writer.stage)}, ${stageText(writer, run.fence)}`;
    default:
      return writer satisfies never;
  }
}

function stageText(writer: BlamedStage, sessions: number): string {
  const { attempt, session, finishedAt, fallback, origin } = writer;
  const inSession = sessions > 1 ? ` in session ${session}` : '';
  if (origin !== undefined) {
    return `taken over${inSession} at ${localTime(finishedAt)} from ${originText(origin)}`;
  }
  const how = fallback ? ', which failed: its fallback' : '';
  return `attempt ${attempt}${inSession}, ${localTime(finishedAt)}${how}`;
}

function originText({ runId, stage, attempt, finishedAt }: BlamedOrigin): string {
  const of = stage === undefined ? '' : ` of ${JSON.stringify(stage)}`;
  const when = finishedAt === undefined ? ', no longer on record' : `, ${localTime(finishedAt)}`;
  return `run ${runId}: attempt ${attempt}${of}${when}`;
}

export function blameJson({ run, key, writes }: KeyBlame): Readonly<Record<string, unknown>> {
  return {
    run: run.id,
    pipeline: run.pipeline,
    key,
    writes: writes.map(({ writer, kind, value, changes }) => ({
      writer,
      kind,
      ...storedJson(value),
      ...(changes === undefined ? {} : { changes: changesJson(changes) }),
    })),
  };
}
