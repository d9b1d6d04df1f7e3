import { type Capsule, largestValues, type NamedSlot } from '@millrace/core';
import type { Shell } from '../runs/command-line.ts';
import { printable } from '../terminal/printable.ts';
import { paintStatus } from '../terminal/status-style.ts';
import type { Paint } from '../terminal/terminal.ts';
import { factLines } from './fact-lines.ts';
import { failureLines } from './failure-text.ts';
import { sizeText } from './size-text.ts';
import { countOf, listOf } from './words.ts';

/** A capsule and the file that holds it. */
export interface WrittenCapsule {
  readonly capsule: Capsule;
  /** As people write it. */
  readonly file: string;
  readonly bytes: number;
  /** The command that replays it. */
  readonly replay: string;
}

/** A larger file is no pleasure to send, nor to read. */
const LARGE_BYTES = 50_000_000;

interface TextOptions extends Shell {
  readonly paint: Paint;
}

export function capsuleLines(
  { capsule, file, bytes, replay }: WrittenCapsule,
  options: TextOptions,
): string[] {
  const { head } = capsule;
  const { paint } = options;
  return [
    ...factLines(
      [
        ['capsule', `${file} (${sizeText(bytes)})`],
        ['run', head.runId],
        ['stage', stageText(capsule, paint)],
        ['holds', holdsText(capsule)],
        ['secrets', head.params.secrets.map(([path]) => path).join(', ')],
      ],
      paint,
    ),
    ...(head.failure === undefined ? [] : failureLines(head.failure, options)),
    ...notesOf(capsule, bytes).map((note) => paint('yellow', `note: ${printable(note)}`)),
    `replay: ${replay}`,
  ];
}

/** `rank, attempt 1, failed`. */
export function stageText({ head }: Capsule, paint: Paint): string {
  const { stage, attempt, status } = head;
  return `${stage}, attempt ${attempt}, ${paintStatus(status, paint)}`;
}

function holdsText({ head, values }: Capsule): string {
  const { inputs, updates, context, artifacts, params } = head;
  const read = heldKeys([...inputs, ...updates]);
  const besides = heldKeys(context).filter((key) => !read.includes(key));
  const parts = [
    countOf(read.length, 'input'),
    ...(besides.length === 0 ? [] : [countOf(besides.length, 'other key')]),
    ...(params.hash === '' ? [] : ['params']),
    ...(artifacts.length === 0 ? [] : [countOf(artifacts.length, 'artifact')]),
    ...(head.outputs.length === 0 ? [] : [countOf(head.outputs.length, 'output')]),
  ];
  return `${listOf(parts)}: ${countOf(values.size, 'value')}`;
}

function heldKeys(slots: readonly NamedSlot[]): readonly string[] {
  return slots.flatMap((slot) => (slot.kind === 'value' ? [slot.key] : []));
}

function notesOf(capsule: Capsule, bytes: number): readonly string[] {
  const { notes } = capsule.head;
  if (bytes < LARGE_BYTES) return notes;
  const shown = largestValues(capsule, 3).map(
    ({ name, bytes: size }) => `${JSON.stringify(name)} ${sizeText(size)}`,
  );
  return [...notes, `it is large; the largest values: ${shown.join(', ')}`];
}

export function capsuleJson({
  capsule,
  file,
  bytes,
  replay,
}: WrittenCapsule): Readonly<Record<string, unknown>> {
  const { head } = capsule;
  const named = (slots: readonly NamedSlot[]): unknown =>
    slots.map((slot) => ({
      name: slot.name,
      kind: slot.kind,
      ...(slot.kind === 'value'
        ? { key: slot.key, writer: slot.writer, bytes: capsule.values.get(slot.hash)?.byteLength }
        : {}),
      ...(slot.kind === 'left-out' ? { why: slot.why } : {}),
    }));
  return {
    file,
    bytes,
    replay,
    run: head.runId,
    stage: head.stage,
    attempt: head.attempt,
    status: head.status,
    ...(head.failure === undefined ? {} : { failure: head.failure }),
    inputs: named(head.inputs),
    updates: named(head.updates),
    context: named(head.context),
    secrets: head.params.secrets.map(([path]) => path),
    notes: notesOf(capsule, bytes),
  };
}
