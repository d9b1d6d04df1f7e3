import { LineIndex } from '../../source/line-index.ts';
import { MAX_DEPTH } from '../../tree/config-node.ts';
import { EVENT_ID, type Event, parseEvents, YAMLException } from '../yaml.ts';
import { blockRepair, indentRepairs } from './indent-repairs.ts';
import { spellingRepairs } from './spelling-repairs.ts';
import { isEntry, linesOf, type TextLine } from './text-line.ts';
import type { YamlRepair } from './yaml-repair.ts';

/** Each repair costs to read the text once more, up to a little behind the fault. */
const LONGEST_TEXT = 50_000;
const LINES_BEHIND = 30;
/** Lines before the one at which the parser gave up that are looked at. */
const LINES_BEFORE = 3;

/** How far a repair leads. */
interface Attempt {
  readonly repair: YamlRepair;
  /** The line at which the parser gives up now; infinite when it does not. */
  readonly line: number;
  /** Values that are left out. */
  readonly gaps: number;
}

/**
 * The slip of the pen behind a syntax error. The parser gives up where a text makes no sense any more,
 * often lines behind the slip; so the repair is taken that leads furthest. Undefined when none leads on.
 */
export function findYamlSlip(text: string, offset: number): YamlRepair | undefined {
  const part = upToLinesBehind(text, offset);
  if (part.length > LONGEST_TEXT) return undefined;
  const { line } = new LineIndex(part).locate(offset);
  const attempts = Iterator.from(repairsNear(part, offset))
    .map(attempt)
    .filter((tried) => tried.line > line)
    .toArray();
  // Sorting is stable: of equal ones the likeliest slip stays first.
  return attempts.sort(byPromise)[0]?.repair;
}

function byPromise(one: Attempt, other: Attempt): number {
  if (one.line !== other.line) return one.line > other.line ? -1 : 1;
  return one.gaps - other.gaps || one.repair.oddity - other.repair.oddity;
}

function upToLinesBehind(text: string, offset: number): string {
  let end = offset;
  for (let lines = 0; lines < LINES_BEHIND && end !== -1; lines++)
    end = text.indexOf('\n', end + 1);
  return end === -1 ? text : text.slice(0, end + 1);
}

/** Signs first: what is spelt wrong is likelier than what stands in the wrong column. */
function* repairsNear(text: string, offset: number): Iterable<YamlRepair> {
  const lines = linesOf(text);
  const at = lines.findLastIndex(({ start }) => start <= offset);
  const here = lines[at];
  if (here === undefined) return;
  const owner = lines.findLastIndex(({ indent }, index) => index < at && indent < here.indent);
  const first = lines[owner + 1] ?? here;
  const near = new Set<TextLine>(lines.slice(Math.max(0, at - LINES_BEFORE), at + 1).reverse());
  for (const line of lines.slice(Math.max(owner, 0), owner + 2)) near.add(line);
  for (const line of near) yield* spellingRepairs(text, line);
  for (const line of near) if (isEntry(line)) yield* indentRepairs(text, line, { lines, here });
  if (first.indent > here.indent) yield blockRepair(text, first, { lines, here });
}

function attempt(repair: YamlRepair): Attempt {
  try {
    const events = parseEvents(repair.text, { maxDepth: MAX_DEPTH });
    return { repair, line: Number.POSITIVE_INFINITY, gaps: events.filter(isGap).length };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line } = new LineIndex(repair.text).locate(error.mark?.position ?? 0);
    return { repair, line, gaps: 0 };
  }
}

function isGap(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.valueStart === -1;
}
