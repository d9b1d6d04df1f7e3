import { type BoundStage, type FailureRecord, type StageId, threwFailure } from '@millrace/core';
import type { Link } from '../chain/link.ts';
import type { StageSite } from '../chain/stage-site.ts';
import { StageInstance } from './stage-instance.ts';

/** Who serves at one place of a chain. */
export interface CrewMember {
  /** The bound stage that it was made for, which tells whether it can serve on after a swap. */
  readonly bound: BoundStage;
  /** Undefined where each message has an instance of its own. */
  readonly instance: StageInstance | undefined;
  /** What stands in for it. */
  readonly standIn: StageInstance | undefined;
}

/** By the place of the link. */
export type Crew = readonly CrewMember[];

/** What could not be set up and cannot be done without. */
export interface CrewFault {
  readonly stage: StageId;
  readonly failure: FailureRecord;
}

/** Makes the instances of one link. @throws what a constructor throws, as a fault */
export function recruit(
  { bound, isWhole, id }: Link,
  given?: StageInstance,
): CrewMember | CrewFault {
  const { fallback } = bound;
  try {
    const instance = isWhole ? undefined : (given ?? StageInstance.of(bound));
    const standIn =
      fallback?.kind === 'stage'
        ? StageInstance.of({ ...bound, blueprint: fallback.blueprint, params: fallback.params })
        : undefined;
    return { bound, instance, standIn };
  } catch (error) {
    return { stage: id, failure: threwFailure(id, 'construct', error) };
  }
}

export function instancesOf({ instance, standIn }: CrewMember): StageInstance[] {
  return [instance, standIn].filter((each) => each !== undefined);
}

/** Sets members up one after the other, those first that others need. Resolves with what is missing for good. */
export async function setUpCrew(
  members: readonly CrewMember[],
  site: StageSite,
): Promise<CrewFault | undefined> {
  for (const member of members) {
    for (const instance of instancesOf(member)) await instance.setup(site);
    const failure = missing(member);
    if (failure !== undefined) return { stage: member.bound.id, failure };
  }
  return undefined;
}

/** A stage that can be done without, or has something to stand in for it, degrades the stream only. */
function missing({ bound, instance, standIn }: CrewMember): FailureRecord | undefined {
  const failure = instance?.setupFailure;
  if (failure === undefined || !bound.options.critical) return undefined;
  if (bound.fallback?.kind === 'value') return undefined;
  return standIn !== undefined && standIn.setupFailure === undefined ? undefined : failure;
}

/** Tears members down, last first; what fails is told and hides nothing. */
export async function tearDownCrew(members: readonly CrewMember[], site: StageSite): Promise<void> {
  for (const member of members.toReversed()) {
    for (const instance of instancesOf(member)) {
      const failure = await instance.teardown(site);
      if (failure !== undefined) site.logger.warn(failure.message, { stage: member.bound.id });
    }
  }
}
