import type { WaitRecord } from '../checkpoint/index.ts';
import type { NamedSlot } from './capsule.ts';
import type { FoundAttempt } from './find-attempt.ts';
import type { SeenSlots } from './seen-slots.ts';
import type { ValueCollector } from './value-collector.ts';

/** What is to be known of the values of a capsule, a sentence each. */
export function slotNotes(
  { inputs, updates, context }: SeenSlots,
  { isOfEarlierSession }: FoundAttempt,
): readonly string[] {
  const namesOf = (slots: readonly NamedSlot[], isMeant: (slot: NamedSlot) => boolean): string =>
    // A declared input is among what could be looked up too.
    [...new Set(slots.filter(isMeant).map(({ name }) => JSON.stringify(name)))].join(', ');
  const declared = [...inputs, ...updates];
  const all = [...declared, ...context];
  const leftOut = (why: string) => (slot: NamedSlot) =>
    slot.kind === 'left-out' && slot.why === why;
  const told = [
    ['left out, since it holds a secret', namesOf(all, leftOut('secret'))],
    ['left out, since it was written anew after it was read', namesOf(all, leftOut('replaced'))],
    ['left out, since the store cannot give it', namesOf(all, leftOut('damaged'))],
    ['left out for its size, since the stage does not declare it', namesOf(all, leftOut('large'))],
    [
      'written after the attempt began: what it saw is not kept',
      namesOf(declared, (slot) => slot.kind === 'value' && slot.isLater),
    ],
  ] as const;
  return [
    ...told.flatMap(([what, names]) => (names === '' ? [] : [`${what}: ${names}`])),
    ...(isOfEarlierSession
      ? ['the attempt is of an earlier session: its inputs may have been others']
      : []),
  ];
}

/** What the stage has waited for: in a replay nothing can come, and it fails where it waits. */
export function waitNotes(waits: readonly WaitRecord[]): readonly string[] {
  if (waits.length === 0) return [];
  const names = new Set(
    waits.map(({ kind, name }) => (kind === 'time' ? 'a time' : JSON.stringify(name))),
  );
  return [`the stage waits for ${[...names].join(', ')}: a replay cannot wait, and fails there`];
}

/** The same of its artifacts. */
export function artifactNotes({ missingArtifacts }: ValueCollector): readonly string[] {
  if (missingArtifacts.length === 0) return [];
  const names = missingArtifacts.map((name) => JSON.stringify(name)).join(', ');
  return [`artifacts left out, since the store does not give them or they hold a secret: ${names}`];
}
