import { describeValue } from '../base/describe-value.ts';
import type { CompactGraph } from '../graph/index.ts';
import { meantStages } from './meant-stages.ts';
import type { PlacedPart } from './read-selection.ts';
import type { PartMatch, SelectionEmptyProblem } from './selection-problem.ts';
import type { StageMatcher } from './stage-matcher.ts';
import { stagesOfPart } from './stages-of-part.ts';

/** Parts, and terms of one part, that are counted for the message. */
const SHOWN = 8;

interface EmptySelection {
  readonly graph: CompactGraph;
  readonly matcher: StageMatcher;
  /** Their names are all known. */
  readonly parts: readonly PlacedPart[];
  /** Whether `exclude` alone left nothing. */
  readonly isTakenAway: boolean;
}

/** Tells what each part means by itself, where together they leave no stage. */
export function emptySelection({
  graph,
  matcher,
  parts,
  isTakenAway,
}: EmptySelection): SelectionEmptyProblem {
  const matches = parts.slice(0, SHOWN).map(({ option, part }): PartMatch => {
    const named = stagesOfPart(part, matcher);
    const terms = part.terms.length > 1 ? part.terms.slice(0, SHOWN) : [];
    return {
      option,
      part: part.text,
      count: meantStages(option, graph, named).length,
      terms: terms.map((term) => ({ term: term.text, count: matcher.match(term)?.length ?? 0 })),
    };
  });
  const clauses = matches.map(clauseOf);
  if (parts.length > SHOWN) clauses.push(`and ${parts.length - SHOWN} more`);
  return {
    code: 'SELECTION_EMPTY',
    message: `no stage is selected: ${clauses.join('; ')}`,
    help: isTakenAway ? 'exclude takes away all that the others leave' : helpFor(matches),
    matches,
  };
}

/** `select "tag:daily,risk" means no stage ("tag:daily" 3, "risk" 1)` */
function clauseOf({ option, part, count, terms }: PartMatch): string {
  const amount = count === 0 ? 'no stage' : `${count} ${count === 1 ? 'stage' : 'stages'}`;
  const counts = terms.map((term) => `${describeValue(term.term)} ${term.count}`).join(', ');
  return `${option} ${describeValue(part)} means ${amount}${counts === '' ? '' : ` (${counts})`}`;
}

function helpFor(matches: readonly PartMatch[]): string {
  const empty = matches.find(({ option, count }) => option !== 'exclude' && count === 0);
  if (empty === undefined) {
    return 'select, from and until hold together: leave one of them out, or widen it';
  }
  return empty.terms.length > 0 && empty.terms.every(({ count }) => count > 0)
    ? 'a comma takes the stages that fit both sides; put a space instead to take either'
    : 'no stage is in that state; the one of a stage that has not ended yet is new';
}
