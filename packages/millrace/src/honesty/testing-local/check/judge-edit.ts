import type { Foreseen } from '../edits/edit.ts';
import type { EditReport } from '../process/edit-report.ts';
import { wrongOutcome } from './wrong-outcome.ts';
import { wrongSession } from './wrong-session.ts';
import { wrongVerdict } from './wrong-verdict.ts';

/** How honest the plan after an edit was. */
export interface Judgement {
  /** Stages of which the plan said what is so, and what then came. */
  readonly held: number;
  /** Everything that was otherwise; empty for an honest plan and a sound resume. */
  readonly problems: readonly string[];
}

export function judgeEdit(report: EditReport, foreseen: Foreseen): Judgement {
  const { planned, resumed } = report;
  const problems: string[] = [];
  let held = 0;
  for (const stage of planned) {
    const faults = [
      wrongVerdict(stage, planned, foreseen),
      typeof resumed === 'string' ? undefined : wrongOutcome(stage, resumed),
    ].filter((fault) => fault !== undefined);
    held += faults.length === 0 ? 1 : 0;
    const told = `the plan says ${stage.stage}: ${stage.decision}: ${stage.explanation}`;
    problems.push(...faults.map((fault) => `${told}; ${fault}`));
  }
  const missing = Object.keys({ ...foreseen.runs, ...foreseen.skips }).filter(
    (id) => !planned.some(({ stage }) => stage === id),
  );
  problems.push(...missing.map((id) => `the plan knows no ${id}`));
  return { held, problems: [...problems, ...wrongSession(report, foreseen)] };
}
