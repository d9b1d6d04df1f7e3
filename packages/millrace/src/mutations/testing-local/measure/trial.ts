import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '@millrace/core';
import type { Mutation } from '../kinds/mutation.ts';
import type { Choice } from '../model/chosen-pipeline.ts';
import type { Fault } from '../model/fault.ts';
import type { Subject } from '../subjects/subject.ts';
import { readReference } from '../text/reference-yaml.ts';
import { type Blamed, blamed } from './blame.ts';
import { messageFaults } from './message-faults.ts';

/** `harmless`: the text says what it said before. `legal`: something else that can be run. */
type SoundEffect = 'harmless' | 'legal';

/** What became of a mutation; harmful ones, after which nothing can be run, are caught or missed. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly effect: SoundEffect }
  | {
      readonly kind: 'false-alarm';
      readonly effect: SoundEffect;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly kind: 'missed'; readonly why: readonly Fault[] }
  | {
      readonly kind: 'caught';
      readonly why: readonly Fault[];
      readonly diagnostics: readonly Diagnostic[];
      readonly blamed: Blamed;
      /** Undefined where no suggestion is due. */
      readonly isSuggested: boolean | undefined;
      /** What is wrong with the messages themselves. */
      readonly messageFaults: readonly string[];
    };

export interface Trial {
  readonly mutationKind: string;
  readonly subject: string;
  readonly mutation: Mutation;
  readonly outcome: Outcome;
}

/** Loads a subject with a mutation, in all its pipelines and environments, and compares with what is true. */
export async function tryMutation(subject: Subject, mutation: Mutation): Promise<Outcome> {
  subject.put(mutation.text);
  const effect = saysTheSame(subject.text, mutation.text) ? 'harmless' : 'legal';
  for (const choice of subject.choices) {
    const outcome = await tryChoice(subject, choice, mutation, effect);
    if (outcome.kind !== 'accepted') return outcome;
  }
  return { kind: 'accepted', effect };
}

async function tryChoice(
  subject: Subject,
  choice: Choice,
  mutation: Mutation,
  effect: SoundEffect,
): Promise<Outcome> {
  const judged =
    effect === 'harmless' ? ({ kind: 'sound' } as const) : subject.judge(choice, mutation.text);
  if (judged.kind === 'unasked') return { kind: 'accepted', effect };
  const loaded = await subject.load(choice);
  if (judged.kind === 'sound') {
    if (loaded.ok) return { kind: 'accepted', effect };
    return { kind: 'false-alarm', effect, diagnostics: loaded.problem.diagnostics };
  }
  const why = judged.faults;
  if (loaded.ok) return { kind: 'missed', why };
  const { diagnostics } = loaded.problem;
  return {
    kind: 'caught',
    why,
    diagnostics,
    blamed: blamed(diagnostics, { subject, mutation, why }),
    isSuggested: isSuggested(diagnostics, mutation),
    messageFaults: messageFaults(loaded.problem),
  };
}

function saysTheSame(before: string, after: string): boolean {
  const [one, other] = [readReference(before), readReference(after)];
  return one.ok && other.ok && isDeepStrictEqual(one.value.value, other.value.value);
}

function isSuggested(diagnostics: readonly Diagnostic[], { meant }: Mutation): boolean | undefined {
  return meant === undefined
    ? undefined
    : diagnostics.some(({ help }) => help?.includes(meant) === true);
}
