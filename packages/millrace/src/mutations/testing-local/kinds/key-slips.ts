import type { KeySite } from '../text/config-text.ts';
import type { KeyRole } from '../text/role-of.ts';
import { typo } from '../text/typo.ts';
import { arrow, type Mutation, type MutationKind, replaced, unquoted } from './mutation.ts';

/** What else is known of a slip in a key. */
type Consequence = (name: string) => Pick<Mutation, 'missed' | 'meant'>;

const isSuggested: Consequence = (name) => ({ meant: name });
const isMissed: Consequence = (name) => ({ missed: [name] });

function slipIn(name: string, roles: readonly KeyRole[], consequence: Consequence): MutationKind {
  return {
    name,
    *candidates(config, random) {
      for (const key of config.keys.filter(({ role }) => roles.includes(role))) {
        const place = unquoted(config, key);
        const before = config.slice(place);
        const after = typo(before, random);
        const change = replaced(config, place, after);
        yield { ...change, what: arrow(before, after), ...consequence(before) };
      }
    },
  };
}

/** Spelt right, but for the case of the letters. */
const wrongCase: MutationKind = {
  name: 'key in the wrong case',
  *candidates(config) {
    for (const key of config.keys.filter(({ role }) => role === 'field')) {
      const before = config.slice(key);
      const after = /[A-Z]/.test(before)
        ? before.toLowerCase()
        : before.charAt(0).toUpperCase() + before.slice(1);
      yield { ...replaced(config, key, after), what: arrow(before, after), meant: before };
    }
  },
};

/** The singular of a plural and the reverse, and names that other tools have. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  attempts: 'retries',
  concurrency: 'parallelism',
  context: 'ctx',
  needs: 'depends_on',
  params: 'parameters',
  reads: 'inputs',
  retry: 'retries',
  stages: 'steps',
  timeout: 'timeoutMs',
  uses: 'class',
  with: 'args',
  writes: 'outputs',
};

/** A key as another tool calls it, which no edit distance leads back from. */
const otherName: MutationKind = {
  name: 'key of another tool',
  *candidates(config) {
    for (const key of config.keys.filter(isOwnField)) {
      const after = OTHER_NAMES[key.text] ?? '';
      yield { ...replaced(config, key, after), what: arrow(key.text, after) };
    }
  },
};

function isOwnField({ role, text }: KeySite): boolean {
  return role === 'field' && OTHER_NAMES[text] !== undefined;
}

export const KEY_SLIPS: readonly MutationKind[] = [
  slipIn('typo in a key', ['field'], isSuggested),
  slipIn('typo in a param of a stage', ['param-name'], isSuggested),
  slipIn('typo in a key of reads or writes', ['input', 'output'], isSuggested),
  slipIn('renamed stage', ['stage'], isMissed),
  slipIn('renamed param', ['param'], isMissed),
  slipIn('renamed context key', ['context-key'], isMissed),
  slipIn('renamed matrix variable', ['variable'], isMissed),
  wrongCase,
  otherName,
];
