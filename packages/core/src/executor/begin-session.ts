import { explanationOf, isLeftOutBySelection } from '../plan/index.ts';
import type { SessionKit } from './session-kit.ts';
import type { SessionParts } from './session-parts.ts';
import { stageAt } from './stage-at.ts';

/** Puts on record that the session begins, and what it found. */
export function noteBeginning(parts: SessionParts, { commits }: SessionKit): void {
  const { pipeline, plan, clock, earlier, contextUpdate } = parts;
  const at = clock.now();
  const { name, graph } = pipeline;
  commits.note({
    event:
      earlier === undefined
        ? { type: 'run.started', at, pipeline: name, stages: graph.count }
        : { type: 'run.resumed', at, pipeline: name, plan: plan.counts },
  });
  if (contextUpdate !== undefined) {
    const { values, records } = contextUpdate;
    commits.note({ values, context: records });
  }
  for (const attempt of earlier?.lost ?? []) {
    commits.note({ attempt: { ...attempt, status: 'lost', finishedAt: at } });
  }
}

/** Settles what the plan settled: checkpoints that stand for their stages, and stages that are left out. */
export function applyPlan({ pipeline, plan, cached }: SessionParts, kit: SessionKit): void {
  const { state, gate, admissions, unstarted } = kit;
  const { order } = pipeline.graph;
  for (const index of order) {
    if (plan.decisions[index] === 'reuse' && !cached.has(index)) state.reuse(index);
  }
  for (const index of order) {
    const outcome = cached.get(index);
    if (outcome !== undefined) {
      const stage = stageAt(pipeline, index);
      const basis = gate.basisOf(stage, outcome);
      const reason = explanationOf(plan, index);
      admissions.takeOver(stage, outcome, { basis, reason, isPlanned: true });
    } else if (plan.decisions[index] === 'skip') {
      const isCondition = !isLeftOutBySelection(plan.reasons[index]);
      unstarted.skipPlanned(index, explanationOf(plan, index), isCondition);
    }
  }
  state.unblockRoots();
}
