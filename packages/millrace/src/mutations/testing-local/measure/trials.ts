import { SeededRandom } from '@millrace/core';
import { ALL_KINDS } from '../kinds/all-kinds.ts';
import type { Mutation } from '../kinds/mutation.ts';
import type { Subject } from '../subjects/subject.ts';
import { ConfigText } from '../text/config-text.ts';
import { type Trial, tryMutation } from './trial.ts';

export interface TrialsOptions {
  /** Decides which mutations are tried. */
  readonly seed: number;
  /** Of each kind, at most so many. */
  readonly each: number;
  /** How likely a kind is tried at all, from 0 to 1. */
  readonly chance: number;
}

/** Tries some mutations of every kind on one config. */
export async function trialsOf(
  subject: Subject,
  { seed, each, chance }: TrialsOptions,
): Promise<readonly Trial[]> {
  const config = new ConfigText(subject.text);
  const tried = new Set([subject.text]);
  const trials: Trial[] = [];
  for (const [index, kind] of ALL_KINDS.entries()) {
    // Each kind draws for itself, so that a new kind changes nothing about the others.
    const random = new SeededRandom(seed * 1000 + index);
    if (random.next() >= chance) continue;
    const candidates: Iterable<Mutation> = kind.candidates(config, random);
    let count = 0;
    for (const mutation of random.shuffled(candidates)) {
      if (count === each) break;
      if (tried.has(mutation.text)) continue;
      tried.add(mutation.text);
      count += 1;
      const outcome = await tryMutation(subject, mutation);
      trials.push({ mutationKind: kind.name, subject: subject.name, mutation, outcome });
    }
  }
  subject.put(subject.text);
  return trials;
}
