import { parseSelection } from './parse-selection.ts';
import {
  SELECTION_OPTIONS,
  type SelectablePipeline,
  type Selection,
  type SelectionOption,
} from './selection.ts';
import type {
  SelectionProblem,
  SelectionSyntaxProblem,
  SelectionUnknownProblem,
} from './selection-problem.ts';
import type { SelectionPart, SyntaxFault } from './selection-term.ts';
import type { StageMatcher } from './stage-matcher.ts';
import { stagesOfPart } from './stages-of-part.ts';
import { UnknownNames } from './unknown-names.ts';

export interface PlacedPart {
  readonly option: SelectionOption;
  readonly part: SelectionPart;
}

export interface ReadSelection {
  /** The stages that each given list names, as masks. */
  readonly named: ReadonlyMap<SelectionOption, Uint8Array>;
  readonly parts: readonly PlacedPart[];
  /** All that is wrong with forms and names: list by list, text by text, from left to right. */
  readonly problems: readonly SelectionProblem[];
}

/** Turns texts into the stages they name. A part with a problem names those of its sound terms. */
export function readSelection(
  pipeline: SelectablePipeline,
  selection: Selection,
  matcher: StageMatcher,
): ReadSelection {
  const { graph } = pipeline;
  const unknown = new UnknownNames(pipeline);
  const named = new Map<SelectionOption, Uint8Array>();
  const parts: PlacedPart[] = [];
  const problems: SelectionProblem[] = [];
  for (const option of SELECTION_OPTIONS) {
    const texts = selection[option] ?? [];
    if (texts.length === 0) continue;
    const mask = new Uint8Array(graph.count);
    named.set(option, mask);
    for (const text of texts) {
      const parsed = parseSelection(text, (id) => graph.indexById.has(id));
      const found: (SelectionSyntaxProblem | SelectionUnknownProblem)[] = parsed.faults.map(
        (fault) => syntaxProblem(option, text, fault),
      );
      for (const part of parsed.parts) {
        parts.push({ option, part });
        const stages = stagesOfPart(part, matcher, ({ atom, column }) => {
          found.push(unknown.problemOf(atom, { option, text, column }));
        });
        for (const stage of stages) mask[stage] = 1;
      }
      found.sort((one, other) => one.column - other.column);
      for (const fault of found) problems.push(fault);
    }
  }
  return { named, parts, problems };
}

function syntaxProblem(
  option: SelectionOption,
  text: string,
  { column, message, help }: SyntaxFault,
): SelectionSyntaxProblem {
  return { code: 'SELECTION_SYNTAX', option, text, column, message, help };
}
