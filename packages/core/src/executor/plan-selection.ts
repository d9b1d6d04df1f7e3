import { MillraceError } from '../base/millrace-error.ts';
import type { StageRecord } from '../checkpoint/index.ts';
import type { StageStatus } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { Plan, PlannedSelection } from '../plan/index.ts';
import { SELECTION_OPTIONS, type SelectionProblem, selectStages } from '../selection/index.ts';
import type { RunSelection } from './run-options.ts';

/**
 * The stages that a run is about; undefined for all of them.
 * @throws MillraceError SELECTION_SYNTAX, SELECTION_UNKNOWN, SELECTION_EMPTY with all problems in `details.problems`
 */
export function planSelection(
  { graph, stages }: ModelPipeline,
  selection: RunSelection | undefined,
  records: ReadonlyMap<string, StageRecord>,
): PlannedSelection | undefined {
  if (selection === undefined) return undefined;
  const isGiven = SELECTION_OPTIONS.some((option) => (selection[option]?.length ?? 0) > 0);
  if (!isGiven && selection.force !== true) return undefined;
  const selectable = {
    graph,
    tagsOf: (index: number): readonly string[] => stages[index]?.definition.tags ?? [],
  };
  const selected = selectStages(selectable, selection, (id) => statusOf(records.get(id)));
  if (!selected.ok) throw refused(selected.problem);
  const { mask, fromMask } = selected.value;
  return { mask, forced: selection.force === true ? mask : fromMask };
}

/**
 * Refuses a plan in which a stage that was asked for by name cannot run.
 * @throws MillraceError SELECTION_INCOMPLETE
 */
export function refuseIncomplete(
  { pipeline: { graph, stages }, reasons }: Plan,
  selection: RunSelection | undefined,
  mask: Uint8Array | undefined,
): void {
  const isNamed = [selection?.select, selection?.from].some((texts) => (texts?.length ?? 0) > 0);
  if (!isNamed || mask === undefined) return;
  const blocked = stages.flatMap(({ id, index }) => {
    const [reason] = reasons[index] ?? [];
    const isBlocked = mask[index] === 1 && reason?.kind === 'blocked' && reason.isLeftOut;
    return isBlocked ? [{ id, by: reason.by }] : [];
  });
  // One that needs another of them says less.
  const first = blocked.find(({ by }) => mask[graph.indexById.get(by) ?? -1] !== 1);
  if (first === undefined) return;
  // The selections of several flags are cut with each other, so that one cannot widen another.
  const withoutFrom = (selection?.from?.length ?? 0) > 0 ? ', without --from' : '';
  const others = blocked.length === 1 ? '' : ` (and ${blocked.length - 1} more like it)`;
  throw new MillraceError(
    'SELECTION_INCOMPLETE',
    `stage ${JSON.stringify(first.id)} is selected and needs ${JSON.stringify(first.by)}, which is not, and which no earlier attempt has done${others}`,
    {
      details: { blocked: blocked.slice(0, 20) },
      help: `select what it needs too${withoutFrom}: --select ${JSON.stringify(`+${first.id}`)}`,
    },
  );
}

function statusOf(record: StageRecord | undefined): StageStatus | undefined {
  if (record === undefined) return undefined;
  return record.origin === undefined ? record.status : 'reused';
}

function refused(problems: readonly SelectionProblem[]): MillraceError {
  const [first] = problems;
  const texts = problems.map((found) => `${found.message}${placeOf(found)}`);
  return new MillraceError(first?.code ?? 'SELECTION_EMPTY', texts.join('; '), {
    details: { problems },
    ...(first === undefined ? {} : { help: helpOf(problems) }),
  });
}

/** The whole text only where the message does not show it already. */
function placeOf(found: SelectionProblem): string {
  if (!('text' in found)) return '';
  const isShown = 'name' in found && found.name === found.text;
  return isShown ? ` in --${found.option}` : ` in --${found.option} ${found.text}`;
}

const MOST_HELPS = 5;

/** One text serves for all that it fits; others say what they are about. */
function helpOf(problems: readonly SelectionProblem[]): string {
  const helps = Map.groupBy(problems, ({ help }) => help);
  if (helps.size === 1) return [...helps.keys()].join('');
  return [...helps]
    .slice(0, MOST_HELPS)
    .map(([help, [found]]) => `${found === undefined ? '' : subjectOf(found)}${help}`)
    .join('; ');
}

function subjectOf(found: SelectionProblem): string {
  if ('name' in found) return `for ${JSON.stringify(found.name)}: `;
  return 'text' in found ? `for --${found.option} ${found.text}: ` : '';
}
