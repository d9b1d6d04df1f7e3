import { LineIndex } from '../source/line-index.ts';
import { MAX_DEPTH } from '../tree/config-node.ts';
import { EVENT_ID, parseEvents, YAMLException } from './yaml.ts';
import { type YamlRepair, yamlRepairs } from './yaml-repairs.ts';

/** Each repair costs to read the text once more, up to a little behind the fault. */
const LONGEST_TEXT = 50_000;
const LINES_BEHIND = 30;

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
  const attempts = Iterator.from(yamlRepairs(part, offset))
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
  for (let lines = 0; lines < LINES_BEHIND && end !== -1; lines++) end = text.indexOf('\n', end + 1);
  return end === -1 ? text : text.slice(0, end + 1);
}

function attempt(repair: YamlRepair): Attempt {
  try {
    const events = parseEvents(repair.text, { maxDepth: MAX_DEPTH });
    const gaps = events.filter(({ type, ...event }) => type === EVENT_ID.SCALAR && 'valueStart' in event && event.valueStart === -1);
    return { repair, line: Number.POSITIVE_INFINITY, gaps: gaps.length };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line } = new LineIndex(repair.text).locate(error.mark?.position ?? 0);
    return { repair, line, gaps: 0 };
  }
}
