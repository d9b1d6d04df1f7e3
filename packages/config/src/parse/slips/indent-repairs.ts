import { isField, type TextLine, unitOf } from './text-line.ts';
import type { YamlRepair } from './yaml-repair.ts';

/** No line is indented deeper, so that a long way counts less than anything else. */
const FAR = 10_000;

/**
 * The columns in which a line may have been meant to start.
 * @param here the line at which the parser gave up, whose column may be that of the others too
 */
export function* indentRepairs(
  text: string,
  line: TextLine,
  { lines, here }: { readonly lines: readonly TextLine[]; readonly here: TextLine },
): Iterable<YamlRepair> {
  const at = lines.indexOf(line);
  const before = lines[at - 1];
  const below = before === undefined ? 0 : before.indent + unitOf(lines);
  const around = [before?.indent ?? 0, lines[at + 1]?.indent ?? 0, here.indent, below];
  const owners = lines.slice(0, at).map(({ indent }) => indent);
  for (const indent of new Set([...around, ...owners])) {
    if (indent === line.indent) continue;
    const start = line.start - line.indent;
    yield {
      text: text.slice(0, start) + ' '.repeat(indent) + text.slice(line.start),
      offset: line.start,
      ...misplaced(line.indent, indent),
      oddity: oddityOf(lines, at, indent),
    };
  }
}

/** A whole block that starts too far right, as when the key above it is gone. */
export function blockRepair(
  text: string,
  first: TextLine,
  { lines, here }: { readonly lines: readonly TextLine[]; readonly here: TextLine },
): YamlRepair {
  const start = first.start - first.indent;
  const by = first.indent - here.indent;
  const end = here.start - here.indent;
  const block = text.slice(start, end).replaceAll(new RegExp(`^ {${by}}`, 'gm'), '');
  return {
    text: text.slice(0, start) + block + text.slice(end),
    offset: first.start,
    ...misplaced(first.indent, here.indent),
    oddity: oddityOf(lines, lines.indexOf(here), here.indent) + by / FAR,
  };
}

/** A step of an unusual width is odd, a key of another kind than those around it, and a long way there. */
function oddityOf(lines: readonly TextLine[], at: number, indent: number): number {
  const here = lines[at];
  if (here === undefined) return 0;
  const owner = lines.findLastIndex((line, index) => index < at && line.indent < indent);
  const expected = owner === -1 ? 0 : (lines[owner]?.indent ?? 0) + unitOf(lines);
  const end = lines.findIndex((line, index) => index > at && line.indent < indent);
  const block = lines.slice(owner + 1, end === -1 ? undefined : end);
  const beside = block.filter((line) => line.indent === indent && line !== here);
  const share = beside.filter(isField).length / Math.max(1, beside.length);
  const unlike = Math.abs((isField(here) ? 1 : 0) - share);
  return Math.abs(indent - expected) + unlike + Math.abs(indent - here.indent) / FAR;
}

function misplaced(got: number, expected: number): Pick<YamlRepair, 'message' | 'help'> {
  return {
    message: `bad indentation: ${spaces(got)} where ${expected} would fit`,
    help: 'entries that belong together start in the same column',
  };
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${count} spaces`;
}
