import type { SeededRandom } from '@millrace/core';
import type { ConfigText } from '../text/config-text.ts';
import { indentAt, lineAt, lineStart, nextLineStart } from '../text/lines.ts';
import type { Stretch } from '../text/reference-yaml.ts';
import { arrow, type MutationKind, replaced } from './mutation.ts';

/** Lines that say something. */
function* linesOf({ text }: ConfigText): Iterable<Stretch> {
  for (let start = 0; start < text.length; start = nextLineStart(text, start)) {
    const end = nextLineStart(text, start);
    if (text.slice(start, end).trim() !== '') yield { start, end };
  }
}

function reindented(
  name: string,
  indentOf: (indent: string, random: SeededRandom) => string | undefined,
): MutationKind {
  return {
    name,
    *candidates(config, random) {
      for (const { start } of linesOf(config)) {
        const before = indentAt(config.text, start);
        const after = indentOf(before, random);
        if (after === undefined || after === before) continue;
        const line = config.text.slice(start, nextLineStart(config.text, start)).trim();
        const change = replaced(config, { start, end: start + before.length }, after);
        yield {
          ...change,
          owners: ownerLines(config, lineOf(config, start)),
          missed: namesIn(config, lineOf(config, start)),
          what: `${arrow(before, after)} before ${line}`,
        };
      }
    },
  };
}

function lineOf({ text }: ConfigText, start: number): Stretch {
  return { start, end: nextLineStart(text, start) };
}

/** What a part of the text declares that others may need. */
export function namesIn({ keys }: ConfigText, { start, end }: Stretch): readonly string[] {
  const declared = ['stage', 'param', 'context-key', 'variable'];
  return keys
    .filter((key) => key.start >= start && key.start < end && declared.includes(key.role))
    .map(({ text }) => text.replace(/^(["'])(.*)\1$/, '$2'));
}

/** Where the map begins that a part of the text belongs to, and the key of that map. */
export function ownerLines({ keys, text }: ConfigText, { start, end }: Stretch): readonly number[] {
  const inside = keys.filter((key) => key.start >= start && key.start < end);
  const owners = inside.map((key) => key.owners.at(-1) ?? keys[0]);
  return owners.flatMap((owner) => (owner === undefined ? [] : [lineAt(text, owner.start)]));
}

const deletedLine: MutationKind = {
  name: 'deleted line',
  *candidates(config) {
    for (const line of linesOf(config)) {
      const { text } = replaced(config, line, '');
      const at = lineAt(config.text, line.start);
      yield {
        text,
        lines: [at - 1, at],
        owners: ownerLines(config, line),
        missed: namesIn(config, line),
        what: `line ${at}: ${config.slice(line).trim()}`,
      };
    }
  },
};

const joinedLines: MutationKind = {
  name: 'line joined to the one above',
  *candidates(config) {
    for (const { start } of linesOf(config)) {
      if (start === 0) continue;
      const indent = indentAt(config.text, start).length;
      const change = replaced(config, { start: start - 1, end: start + indent }, ' ');
      const line = config.text.slice(start, nextLineStart(config.text, start)).trim();
      const missed = namesIn(config, { start, end: nextLineStart(config.text, start) });
      yield { ...change, missed, what: `before ${line}` };
    }
  },
};

const dashBeforeKey: MutationKind = {
  name: 'dash before a key',
  *candidates(config) {
    for (const key of config.keys) {
      const start =
        lineStart(config.text, key.start) +
        indentAt(config.text, lineStart(config.text, key.start)).length;
      if (start !== key.start) continue;
      yield {
        ...replaced(config, { start, end: start }, '- '),
        missed: [key.text],
        what: `- ${key.text}`,
      };
    }
  },
};

function shift(by: number): (indent: string) => string | undefined {
  return (indent) =>
    by < 0 && indent.length < -by ? undefined : ' '.repeat(Math.max(0, indent.length + by));
}

export const LAYOUT_SLIPS: readonly MutationKind[] = [
  reindented('one space too many', shift(1)),
  reindented('one space too few', shift(-1)),
  reindented('indented one deeper', shift(2)),
  reindented('indented one less', shift(-2)),
  reindented('tab for spaces', (indent) =>
    indent === '' ? undefined : '\t'.repeat(indent.length / 2),
  ),
  deletedLine,
  joinedLines,
  dashBeforeKey,
];
