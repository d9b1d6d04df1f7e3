import { explanationOf, type Plan, type Reason } from '@millrace/core';
import type { OpenRead, PlannedStage, VerdictLine } from './edit-report.ts';
import type { Reads } from './reads-now.ts';

/** A plan as plain data. @param folder paths within it are told relative to it */
export function verdictLines(plan: Plan, folder: string): readonly VerdictLine[] {
  return plan.pipeline.stages.map(({ id, index }) => ({
    stage: id,
    decision: plan.decisions[index] ?? 'run',
    explanation: explanationOf(plan, index).replaceAll(`${folder}/`, ''),
  }));
}

type AllReads = Readonly<Record<string, Reads>>;

/** The same, with what became of all that it left open. */
export function plannedStages(
  lines: readonly VerdictLine[],
  { pipeline, reasons }: Plan,
  [before, after]: readonly [before: AllReads, after: AllReads],
): readonly PlannedStage[] {
  return lines.map((line, index) => {
    const declared = new Set(pipeline.wiring.inputs.of(index).map(({ name }) => name));
    const [old = NONE, now = NONE] = [before[line.stage], after[line.stage]];
    const open = (reasons[index] ?? []).flatMap((reason): OpenRead[] => {
      if (reason.kind === 'pending-needs') {
        const from = reason.from.id;
        // Under whatever id it did the same before.
        const isChanged = !Object.values(old.needs).includes(now.needs[from] ?? '');
        return [{ name: '', from, isDeclared: true, isChanged }];
      }
      if (reason.kind !== 'pending-input') return [];
      const { name } = reason;
      const from = reason.from.id;
      const isChanged = old.values[name] !== now.values[name];
      return [{ name, from, isDeclared: declared.has(name), isChanged }];
    });
    return { ...line, open, awaits: (reasons[index] ?? []).flatMap(awaited) };
  });
}

function awaited(reason: Reason): readonly string[] {
  if (reason.kind === 'pending-skip') return [reason.by];
  if (reason.kind !== 'pending-condition') return [];
  return reason.from === undefined ? [] : [reason.from.id];
}

const NONE: Reads = { values: {}, needs: {} };
