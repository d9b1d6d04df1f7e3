import { authoredPipelineFieldsSchema, authoredStageSchema } from '@millrace/core';

/** A line that says something: no comment, and not empty. */
export interface TextLine {
  /** Where its first word starts. */
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly words: string;
}

const USUAL_INDENT = 2;

export function linesOf(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  for (const { 0: whole, 1: space = '', index } of text.matchAll(/^( *)[^\s#].*$/gm)) {
    const words = whole.slice(space.length).trimEnd();
    const start = index + space.length;
    lines.push({ start, end: start + words.length, indent: space.length, words });
  }
  return lines;
}

/** Other lines go on with the value above them, wherever they start. */
export function isEntry({ words }: TextLine): boolean {
  return /:(?:\s|$)|^- /.test(words);
}

const FIELDS = new Set([
  ...Object.keys(authoredPipelineFieldsSchema.shape),
  ...Object.keys(authoredStageSchema.shape),
  ...['stages', 'pipelines', 'environments', 'extends', 'params', 'store', 'logging'],
  ...['pipeline', 'matrix', 'foreach'],
]);

/** Whether a line gives one of the keys that Millrace knows, rather than one that an author chose. */
export function isField({ words }: TextLine): boolean {
  return FIELDS.has(/^(?:- )?([A-Za-z]+)\s*:/.exec(words)?.[1] ?? '');
}

/** By how much a block is indented in this text, as a rule; a single block shows no rule. */
export function unitOf(lines: readonly TextLine[]): number {
  const counts = new Map<number, number>();
  for (const [at, { indent }] of lines.entries()) {
    const above = lines[at - 1];
    if (above === undefined || !OPENS_BLOCK.test(above.words)) continue;
    const by = indent - above.indent;
    if (by > 0) counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([, one], [, other]) => other - one);
  return best !== undefined && best[1] > 1 ? best[0] : USUAL_INDENT;
}

const OPENS_BLOCK = /:(?:\s+#.*)?$/;
