import type { SeededRandom } from '@millrace/core';
import type { ConfigText, ValueSite } from '../text/config-text.ts';
import type { Stretch } from '../text/reference-yaml.ts';
import type { ValueRole } from '../text/role-of.ts';
import { typo } from '../text/typo.ts';
import { arrow, type Mutation, type MutationKind, replaced, unquoted } from './mutation.ts';

/** The part of a value that the slip is in; undefined where it has no such part. */
type PartOf = (text: string) => { readonly from: number; readonly to: number } | undefined;

interface NameSlip {
  readonly name: string;
  readonly roles: readonly ValueRole[];
  readonly part?: PartOf;
  /** Of what stands under one of these keys. */
  readonly under?: readonly string[];
  readonly isMissed?: boolean;
}

function slipIn({ name, roles, part, under, isMissed }: NameSlip): MutationKind {
  const isMeant = ({ role, path, node }: ValueSite): boolean =>
    roles.includes(role) &&
    node.kind === 'scalar' &&
    typeof node.value === 'string' &&
    (under === undefined || under.some((key) => path.includes(key)));
  return {
    name,
    *candidates(config, random) {
      for (const site of config.values.filter(isMeant)) {
        const place = partIn(config, site, part);
        const slip = place && slipAt(config, place, random);
        if (slip === undefined) continue;
        const { meant, ...change } = slip;
        yield isMissed === true ? { ...change, missed: [meant] } : { ...change, meant };
      }
    },
  };
}

function partIn(config: ConfigText, site: Stretch, part: PartOf | undefined): Stretch | undefined {
  const whole = unquoted(config, site);
  if (part === undefined) return whole;
  const found = part(config.slice(whole));
  return found && { start: whole.start + found.from, end: whole.start + found.to };
}

function slipAt(
  config: ConfigText,
  place: Stretch,
  random: SeededRandom,
): (Mutation & { readonly meant: string }) | undefined {
  const before = config.slice(place);
  // A placeholder has slips of its own, and what has no letter cannot be misspelt.
  if (before.includes('${') || !/\p{L}/u.test(before)) return undefined;
  const after = typo(before, random);
  return { ...replaced(config, place, after), what: arrow(before, after), meant: before };
}

function match(pattern: RegExp): PartOf {
  return (text) => {
    const found = pattern.exec(text)?.indices?.[1];
    return found && { from: found[0], to: found[1] };
  };
}

export const NAME_SLIPS: readonly MutationKind[] = [
  slipIn({ name: 'typo in needs', roles: ['need'], under: ['needs'] }),
  slipIn({ name: 'typo in a key that is read', roles: ['context-key'], under: ['reads'] }),
  slipIn({
    name: 'typo in a key that is written',
    roles: ['context-key'],
    under: ['writes'],
    isMissed: true,
  }),
  slipIn({
    name: 'typo in a key that is given',
    roles: ['context-key'],
    under: ['inputs'],
    isMissed: true,
  }),
  slipIn({
    name: 'wrong file in uses',
    roles: ['uses'],
    part: match(/^\.{1,2}\/(?:.*\/)?([^/#]+?)\.\w+(?:#|$)/d),
  }),
  slipIn({ name: 'wrong folder in uses', roles: ['uses'], part: match(/^\.{1,2}\/([^/#]+)\//d) }),
  slipIn({ name: 'wrong ending in uses', roles: ['uses'], part: match(/^\..*\.(\w+)(?:#|$)/d) }),
  slipIn({ name: 'wrong export in uses', roles: ['uses'], part: match(/#(\w+)$/d) }),
  slipIn({ name: 'wrong package in uses', roles: ['uses'], part: match(/^([@\w][^#.]*)#/d) }),
  slipIn({ name: 'wrong file elsewhere', roles: ['file'] }),
  slipIn({ name: 'misspelt choice', roles: ['choice'] }),
  slipIn({
    name: 'typo in a name of a condition',
    roles: ['condition'],
    part: match(/\b(?:params|inputs)\.(\w+)/d),
  }),
  slipIn({
    name: 'typo in a variable of a condition',
    roles: ['condition'],
    part: match(/\b(params|inputs)\./d),
  }),
];
