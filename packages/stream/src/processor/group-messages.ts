import { describeValue } from '@millrace/core';
import { type Asked, ask, wrongAnswer } from '../flow/ask.ts';
import type { Entry } from '../flow/entry.ts';
import type { MessageGroup, TakenMessage, Unit } from '../flow/routing.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { StreamFunctions } from './stream-options.ts';

/** A message in the buffer. */
export interface HeldMessage<T> {
  readonly entry: Entry<T>;
  readonly taken: TakenMessage<T>;
  /** Stages that failed in its intake without failing it. */
  readonly degraded: readonly string[];
}

interface UnitedGroup<T> {
  readonly key: string;
  readonly members: readonly HeldMessage<T>[];
  readonly unit: Asked<Unit>;
}

interface Grouped<T> {
  readonly groups: readonly UnitedGroup<T>[];
  /** Messages that belong to no group, since nobody can tell to which. */
  readonly failed: readonly { readonly member: HeldMessage<T>; readonly failure: MessageFailure }[];
}

/** Groups what left the buffer, in the order in which the groups came up, and asks what is made of each. */
export function groupMessages<T>(
  held: readonly HeldMessage<T>[],
  { groupBy = ({ key }) => key ?? '', unite = inOne }: StreamFunctions<T>,
): Grouped<T> {
  const byKey = new Map<string, HeldMessage<T>[]>();
  const failed: { member: HeldMessage<T>; failure: MessageFailure }[] = [];
  for (const member of held) {
    const asked = ask('groupBy', () => groupBy(member.taken));
    if (!asked.ok) failed.push({ member, failure: asked.failure });
    else if (typeof asked.value !== 'string') {
      const failure = wrongAnswer('groupBy', 'a text', describeValue(asked.value));
      failed.push({ member, failure });
    } else {
      const group = byKey.get(asked.value);
      if (group === undefined) byKey.set(asked.value, [member]);
      else group.push(member);
    }
  }
  const groups = Array.from(byKey, ([key, members]) => {
    const group = { key, messages: members.map(({ taken }) => taken) };
    return { key, members, unit: ask('unite', () => unite(group)) };
  });
  return { groups, failed };
}

function inOne<T>({ messages }: MessageGroup<T>): Unit {
  return { context: { messages: messages.map(({ value }) => value) } };
}
