import type { ConfigText } from '../text/config-text.ts';
import { indentAt, lineAt, nextLineStart } from '../text/lines.ts';
import type { Stretch } from '../text/reference-yaml.ts';
import { arrow, type Mutation, type MutationKind, replaced } from './mutation.ts';

/** Lines that say something. */
function* linesOf({ text }: ConfigText): Iterable<Stretch> {
  for (let start = 0; start < text.length; start = nextLineStart(text, start)) {
    const end = nextLineStart(text, start);
    if (text.slice(start, end).trim() !== '') yield { start, end };
  }
}

/** A line that is moved is gone where it stood. */
function moved(
  config: ConfigText,
  line: Stretch,
): Pick<Mutation, 'owners' | 'missed'> & { readonly words: string } {
  const words = config.slice(line).trim();
  return { owners: config.ownerLines(line), missed: config.namesIn(line), words };
}

function reindented(name: string, indentOf: (indent: string) => string | undefined): MutationKind {
  return {
    name,
    *candidates(config) {
      for (const line of linesOf(config)) {
        const before = indentAt(config.text, line.start);
        const after = indentOf(before);
        if (after === undefined || after === before) continue;
        const end = line.start + before.length;
        const { words, ...known } = moved(config, line);
        const what = `${arrow(before, after)} before ${words}`;
        yield { ...replaced(config, { start: line.start, end }, after), ...known, what };
      }
    },
  };
}

const deletedLine: MutationKind = {
  name: 'deleted line',
  *candidates(config) {
    for (const line of linesOf(config)) {
      const { text } = replaced(config, line, '');
      const at = lineAt(config.text, line.start);
      const { words, ...known } = moved(config, line);
      yield { text, lines: [at - 1, at], ...known, what: `line ${at}: ${words}` };
    }
  },
};

const joinedLines: MutationKind = {
  name: 'line joined to the one above',
  *candidates(config) {
    for (const line of linesOf(config)) {
      if (line.start === 0) continue;
      const end = line.start + indentAt(config.text, line.start).length;
      const { words, ...known } = moved(config, line);
      const change = replaced(config, { start: line.start - 1, end }, ' ');
      yield { ...change, ...known, what: `before ${words}` };
    }
  },
};

const dashBeforeKey: MutationKind = {
  name: 'dash before a key',
  *candidates(config) {
    for (const key of config.keys) {
      if (!config.beginsLine(key)) continue;
      const change = replaced(config, { start: key.start, end: key.start }, '- ');
      yield { ...change, missed: [key.text], what: `- ${key.text}` };
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
