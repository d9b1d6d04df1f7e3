import {
  type Capsule,
  describeReasons,
  formatDuration,
  type Reason,
  type Replay,
  type ReplayedOutput,
  type ReplayVerdict,
} from '@millrace/core';
import type { Shell } from '../runs/command-line.ts';
import { printable } from '../terminal/printable.ts';
import { markOf } from '../terminal/status-style.ts';
import type { Paint } from '../terminal/terminal.ts';
import { stageText } from './capsule-report.ts';
import { changeLines, changesJson } from './change-text.ts';
import { factLines } from './fact-lines.ts';
import { failureLines } from './failure-text.ts';
import { shortFailure } from './short-failure.ts';

/** What is known before the stage runs. */
export interface ReplayBegun {
  readonly capsule: Capsule;
  /** As the person wrote it. */
  readonly file: string;
  /** The config, or the module with `--uses`. */
  readonly from: string;
  /** What of the code and the files changed. */
  readonly changes: readonly Reason[];
  /** False with `--uses`: nobody compared the code. */
  readonly isKnown: boolean;
}

const MOST_CHANGES = 20;

export function replayHeadLines(begun: ReplayBegun, paint: Paint): string[] {
  const { capsule, file, from, isKnown } = begun;
  const { head } = capsule;
  const texts = changeTexts(begun);
  const shown = texts.slice(0, MOST_CHANGES);
  const more = texts.length - shown.length;
  return [
    ...factLines(
      [
        ['capsule', file],
        ['run', head.runId],
        ['stage', stageText(capsule, paint)],
        ['class', isKnown ? `${head.uses} of ${from}` : from],
        [
          'changed',
          isKnown ? (shown[0] ?? 'nothing') : 'not compared: the class was named by --uses',
        ],
      ],
      paint,
    ),
    ...shown.slice(1).map((text) => `${' '.repeat(10)}${text}`),
    ...(more > 0 ? [`${' '.repeat(10)}and ${more} more`] : []),
    ...head.notes.map((note) => paint('yellow', `note: ${printable(note)}`)),
    '',
  ];
}

function changeTexts({ changes, capsule }: ReplayBegun): readonly string[] {
  const since = capsule.head.code?.isOfAttempt === false ? ' (since the capsule was made)' : '';
  return changes.map((change) => `${printable(describeReasons([change]))}${since}`);
}

const MEANINGS: Readonly<Record<ReplayVerdict, string>> = {
  'same-failure': 'the same failure as recorded',
  'other-failure': 'another failure than the one recorded',
  recovered: 'it had failed',
  broke: 'it had succeeded',
  'same-outputs': 'it wrote the same as recorded',
  'other-outputs': 'it wrote something else than recorded',
  succeeded: 'no outcome is recorded to compare with',
  failed: 'no outcome is recorded to compare with',
  cancelled: 'it was broken off',
};

interface TextOptions extends Shell {
  readonly paint: Paint;
}

export function replayLines({ head }: Capsule, replay: Replay, options: TextOptions): string[] {
  const { outcome, verdict, durationMs, failure, teardownFailure, outputs } = replay;
  const { paint } = options;
  const isOther = verdict === 'other-failure' && head.failure !== undefined;
  return [
    `${markOf(outcome, paint)} ${head.stage} ${outcome} after ${formatDuration(durationMs)}: ${MEANINGS[verdict]}`,
    ...(failure === undefined ? [] : failureLines(failure, options)),
    ...(isOther && head.failure !== undefined
      ? [`    ${paint('dim', 'recorded:')} ${printable(shortFailure(head.failure))}`]
      : []),
    ...(teardownFailure === undefined
      ? []
      : [`    ${paint('yellow', 'teardown:')} ${printable(shortFailure(teardownFailure))}`]),
    ...outputs.flatMap((output) => outputLines(output, paint)),
  ];
}

const OUTPUT_TEXTS: Readonly<Record<ReplayedOutput['verdict'], string>> = {
  same: 'the same',
  differs: 'differs',
  added: 'was not written then',
  missing: 'was written then, and not now',
  unknown: 'cannot be compared: the store could not give what was written then',
};

const MOST_PLACES = 8;

/** One output, and where it differs. */
export function outputLines({ name, verdict, changes }: ReplayedOutput, paint: Paint): string[] {
  const status = verdict === 'same' ? 'succeeded' : verdict === 'unknown' ? 'undecided' : 'failed';
  return [
    `    ${markOf(status, paint)} ${printable(name)}: ${OUTPUT_TEXTS[verdict]}`,
    ...(changes === undefined
      ? []
      : changeLines(changes, { paint, most: MOST_PLACES }).map((line) => `        ${line}`)),
  ];
}

export function outputJson({
  name,
  kind,
  verdict,
  changes,
}: ReplayedOutput): Readonly<Record<string, unknown>> {
  return {
    name,
    kind,
    verdict,
    ...(changes === undefined ? {} : { changes: changesJson(changes) }),
  };
}

export function replayJson(begun: ReplayBegun, replay: Replay): Readonly<Record<string, unknown>> {
  const { capsule, file, from, changes, isKnown } = begun;
  const { head } = capsule;
  const { outputs, ...ended } = replay;
  return {
    capsule: file,
    run: head.runId,
    stage: head.stage,
    attempt: head.attempt,
    from,
    recorded: {
      status: head.status,
      ...(head.failure === undefined ? {} : { failure: head.failure }),
    },
    changed: isKnown
      ? changes.map((change) => ({ ...change, text: describeReasons([change]) }))
      : null,
    notes: head.notes,
    ...ended,
    outputs: outputs.map(outputJson),
  };
}
