import type { ConfigText, KeySite } from '../text/config-text.ts';
import { lineAt, lineStart, nextLineStart } from '../text/lines.ts';
import type { Stretch } from '../text/reference-yaml.ts';
import { arrow, type Mutation, type MutationKind, replaced } from './mutation.ts';

/** A key with its value: whole lines, or inside brackets with a comma. */
function entryOf(config: ConfigText, key: KeySite): Stretch {
  if (key.isInFlow) return { start: key.start, end: key.value.end };
  const start = lineStart(config.text, key.start);
  return { start, end: nextLineStart(config.text, Math.max(key.value.end - 1, key.end)) };
}

/** Whether an entry is whole lines, or stands inside brackets. */
function standsAlone(config: ConfigText, key: KeySite): boolean {
  return key.isInFlow || config.beginsLine(key);
}

/** An entry with the comma that parts it from its neighbour. */
function withComma({ text }: ConfigText, { start, end }: Stretch): Stretch {
  const behind = /^\s*,\s*/.exec(text.slice(end))?.[0] ?? '';
  if (behind !== '') return { start, end: end + behind.length };
  const before = /,\s*$/.exec(text.slice(0, start))?.[0] ?? '';
  return { start: start - before.length, end };
}

function removed(config: ConfigText, key: KeySite): Mutation {
  const entry = entryOf(config, key);
  const gap = key.isInFlow ? withComma(config, entry) : entry;
  const at = lineAt(config.text, gap.start);
  const { text } = replaced(config, gap, '');
  const lines = [at, ...(key.isInFlow ? [] : [at - 1])];
  const owners = config.ownerLines(entry);
  const what = JSON.stringify(config.slice(entry).slice(0, 60));
  return { text, lines, owners, missed: config.namesIn(entry), what };
}

function removal(name: string, fields: readonly string[]): MutationKind {
  return {
    name,
    *candidates(config) {
      for (const key of config.keys) {
        if (key.role !== 'field' || !fields.includes(key.text)) continue;
        if (standsAlone(config, key)) yield removed(config, key);
      }
    },
  };
}

const removedParam: MutationKind = {
  name: 'removed param of a stage',
  *candidates(config) {
    for (const key of config.keys)
      if (key.role === 'param-name' && standsAlone(config, key)) yield removed(config, key);
  },
};

const duplicateKey: MutationKind = {
  name: 'duplicate key',
  *candidates(config) {
    for (const key of config.keys) {
      if (!standsAlone(config, key)) continue;
      const entry = entryOf(config, key);
      const copy = key.isInFlow ? `, ${config.slice(entry)}` : config.slice(entry);
      // A file need not end with a line end.
      const insert = key.isInFlow || copy.endsWith('\n') ? copy : `\n${copy}`;
      const change = replaced(config, { start: entry.end, end: entry.end }, insert);
      yield { ...change, what: `${key.text} twice` };
    }
  },
};

const droppedDependency: MutationKind = {
  name: 'dropped dependency',
  *candidates(config) {
    for (const { node, path } of config.values) {
      if (node.kind !== 'list' || !node.isFlow || path.at(-1) !== 'needs') continue;
      for (const item of node.items) {
        const change = replaced(config, withComma(config, item), '');
        yield { ...change, missed: [], what: `without ${config.slice(item)}` };
      }
    }
  },
};

const extraNesting: MutationKind = {
  name: 'extra nesting',
  *candidates(config) {
    for (const key of config.keys) {
      const { node } = key.value;
      if (node.kind !== 'scalar' && !node.isFlow) continue;
      const inner = `{ ${key.text}: ${config.slice(node)} }`;
      const missed = config.namesIn(node);
      yield { ...replaced(config, node, inner), missed, what: arrow(config.slice(node), inner) };
    }
  },
};

const swappedValues: MutationKind = {
  name: 'swapped values',
  *candidates(config, random) {
    for (const { node } of config.values) {
      if (node.kind !== 'map') continue;
      const scalars = node.entries
        .map(({ value }) => value)
        .filter(({ kind }) => kind === 'scalar');
      const [one, other] = random
        .shuffled(scalars)
        .slice(0, 2)
        .sort((a, b) => a.start - b.start);
      if (one === undefined || other === undefined) continue;
      yield swapped(config, one, other);
    }
  },
};

function swapped(config: ConfigText, one: Stretch, other: Stretch): Mutation {
  const later = replaced(config, other, config.slice(one));
  const { text, lines } = replaced(later, one, config.slice(other));
  const what = `${config.slice(one)} <-> ${config.slice(other)}`;
  return { text, lines: [...lines, ...later.lines], missed: [], what };
}

export const STRUCTURE_SLIPS: readonly MutationKind[] = [
  removal('removed required key', ['uses', 'name', 'stages', 'pipeline', 'id']),
  removal('removed other key', [
    'with',
    'needs',
    'reads',
    'writes',
    'matrix',
    'params',
    'context',
    'inputs',
    'extends',
  ]),
  removedParam,
  duplicateKey,
  droppedDependency,
  extraNesting,
  swappedValues,
];
