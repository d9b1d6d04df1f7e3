import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALL_KINDS } from './testing-local/kinds/all-kinds.ts';
import { scoreOf, share } from './testing-local/measure/score.ts';
import { scoreTable } from './testing-local/measure/score-table.ts';
import type { Outcome, Trial } from './testing-local/measure/trial.ts';
import { trialText } from './testing-local/measure/trial-text.ts';
import { type TrialsOptions, trialsOf } from './testing-local/measure/trials.ts';
import type { ConfigFolder } from './testing-local/subjects/config-folder.ts';
import { exampleSubjects } from './testing-local/subjects/example-subjects.ts';
import { guideSubjects } from './testing-local/subjects/guide-subjects.ts';
import { richSubjects } from './testing-local/subjects/rich-subjects.ts';
import type { Subject } from './testing-local/subjects/subject.ts';

/**
 * Spoils configs in every way that people do, and asks whether the loader notices, at which line, and
 * with what advice.
 *
 * What a mutation comes to is not left to the loader. A second YAML parser reads the text, and a model
 * (testing-local/model) works out by the documented rules whether it means anything:
 * - harmless: the text says what it said before, as with a comment that is indented otherwise;
 * - legal: it says something else that can be run: a window of 21 instead of 20, a stage of another name
 *   that nobody needs, a dependency less through which nothing is read, a default that is written no more;
 * - harmful: it cannot be read, or a stage would get what it cannot use, or not get what it needs.
 * Each harmful one must be refused, in each pipeline and environment that it is harmful for; any other one
 * must be accepted. Which line is right is said where `blamed` decides it.
 */
const SEED = 7;
/** How many mutations of a kind are tried on one config, and how likely a kind is tried on it. */
const RICH = { seed: SEED, each: 4, chance: 1 };
const EXAMPLE = { seed: SEED, each: 3, chance: 1 };
/** There are many, and they are much alike. */
const GUIDE = { seed: SEED, each: 1, chance: 0.5 };

const folders: ConfigFolder[] = [];
const trials: Trial[] = [];
/** Configs that are parts of others, or need what only their page does. */
const leftOut: string[] = [];
const unsound: string[] = [];

beforeAll(async () => {
  await tryAll(richSubjects(folders), RICH);
  await tryAll(await exampleSubjects(folders), EXAMPLE);
  await tryAll(guideSubjects(folders), GUIDE);
  console.log(`${scoreTable(trials)}\n\nleft out: ${leftOut.join(', ')}`);
}, 300_000);

afterAll(() => {
  for (const folder of folders) folder.remove();
});

async function tryAll(subjects: readonly Subject[], options: TrialsOptions): Promise<void> {
  for (const [index, subject] of subjects.entries()) {
    const ready = await subject.prepare();
    if (!ready.ok) leftOut.push(subject.name);
    else {
      unsound.push(...subject.faultsAsWritten());
      // Configs that are alike are not spoilt alike.
      const seed = options.seed + index;
      trials.push(...(await trialsOf(subject, { ...options, seed })));
    }
  }
}

function textsOf(isMeant: (outcome: Outcome) => boolean): string {
  return trials
    .filter(({ outcome }) => isMeant(outcome))
    .map(trialText)
    .join('\n\n');
}

test('the model finds nothing wrong with any config as it was written', () => {
  expect(unsound).toEqual([]);
  const tried = [...new Set(trials.map(({ subject }) => subject))];
  const untried = leftOut.filter((name) => {
    const [root, folder] = name.split('/');
    return !tried.some((other) => other.startsWith(`${root}/${folder}`));
  });
  expect(untried).toEqual([]);
});

test('there are a thousand mutations and more, of every kind', () => {
  expect(trials.length).toBeGreaterThanOrEqual(1000);
  const tried = new Set(trials.map(({ mutationKind }) => mutationKind));
  expect(ALL_KINDS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});

test('every harmful one is refused before a stage could start', () => {
  expect(textsOf(({ kind }) => kind === 'missed')).toBe('');
});

test('no other one is refused', () => {
  expect(textsOf(({ kind }) => kind === 'false-alarm')).toBe('');
});

test('the line that is blamed is right for 99 of 100', () => {
  const { rightLine, caught } = scoreOf(trials);
  const wrong = textsOf((outcome) => outcome.kind === 'caught' && outcome.blamed === 'other-line');
  if (wrong !== '') console.log(wrong);
  expect(share(rightLine, caught)).toBeGreaterThanOrEqual(99);
});

test('what a slip of one letter meant is suggested for 95 of 100', () => {
  const { suggested, slips } = scoreOf(trials);
  const wrong = textsOf((outcome) => outcome.kind === 'caught' && outcome.isSuggested === false);
  if (wrong !== '') console.log(wrong);
  expect(share(suggested, slips)).toBeGreaterThanOrEqual(95);
});

test('every message has a known code and a place in the text, is bounded and shows no stack', () => {
  const faults = trials.flatMap(({ outcome }) =>
    outcome.kind === 'caught' ? outcome.messageFaults : [],
  );
  expect(faults).toEqual([]);
});
