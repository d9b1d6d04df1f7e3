import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { verifyEvents } from '../run/index.ts';
import { readContext } from './read-context.ts';
import { EditStory, eventsAlone, type StoryChecks } from './testing-local/edit-story.ts';
import type { Session } from './testing-local/edited-run.ts';
import { runNaively } from './testing-local/naive-planner.ts';

const SEEDS = 500;

/** Of stages that ran, unless they were skipped or taken over. */
const WITHOUT_RECORD = new Set(['pending-cache', 'pending-condition', 'pending-skip']);

/** How often each thing happened, so that the test shows what it covered. */
const seen: Record<string, number> = {};

function endsOf({ naive }: Session, ...ends: readonly string[]): string[] {
  return [...naive.outcomes].flatMap(([id, { end }]) => (ends.includes(end) ? [id] : [])).sort();
}

/** Whatever happens, nothing runs that need not, and nothing of what the plan keeps or skips. */
function troubled(session: Session): void {
  const { plan, ran, naive } = session;
  const { ids } = plan.pipeline.graph;
  const isSettled = (id: string): boolean => {
    const decision = plan.decisions[plan.pipeline.graph.indexById.get(id) ?? -1];
    return decision === 'reuse' || decision === 'skip';
  };
  expect(ran.filter((id) => isSettled(id) || naive.outcomes.get(id)?.end !== 'ran')).toEqual([]);
  for (const [at, decision] of plan.decisions.entries())
    seen[decision] = (seen[decision] ?? 0) + Number(ids[at] !== undefined);
}

/** A session that nothing disturbed did what the model says, and what its plan said. */
function whole(session: Session): void {
  const { naive, ran, result, plan } = session;
  expect([...ran].sort()).toEqual(endsOf(session, 'ran'));
  expect(result?.context.toObject()).toEqual(naive.context);
  const byStatus = (status: string): unknown =>
    result?.stages.flatMap((stage) => (stage.status === status ? [stage.id] : [])).sort();
  expect(byStatus('reused')).toEqual(endsOf(session, 'kept', 'taken'));
  expect(byStatus('skipped')).toEqual(endsOf(session, 'skipped', 'left out'));
  expect([result?.status, wronglyPlanned(session)]).toEqual(['succeeded', []]);
  for (const { end } of naive.outcomes.values()) seen[end] = (seen[end] ?? 0) + 1;
  verifyEvents(plan.pipeline.graph, eventsAlone(session));
  troubled(session);
}

function wronglyPlanned(session: Session): string[] {
  const { plan, naive } = session;
  return plan.pipeline.graph.ids.filter((id, at) => {
    const end = naive.outcomes.get(id)?.end ?? 'ran';
    if (plan.decisions[at] === 'run') return end !== 'ran';
    return plan.decisions[at] === 'undecided' && !wasSettledByReasons(session, at);
  });
}

/** An undecided stage runs exactly when something changed that its reasons name. */
function wasSettledByReasons({ plan, naive }: Session, at: number): boolean {
  const id = plan.pipeline.graph.ids[at] ?? '';
  const { end, changed = [] } = naive.outcomes.get(id) ?? { end: 'ran' };
  if (end === 'skipped' || end === 'taken') return true;
  const isNamed = (plan.reasons[at] ?? []).some((reason) => {
    if (WITHOUT_RECORD.has(reason.kind)) return true;
    if (reason.kind === 'pending-needs') return changed.includes('needs');
    const name = reason.kind === 'pending-input' ? reason.name : undefined;
    return changed.some((other) =>
      other === 'keys' ? name === 'list of keys' : other.endsWith(` ${name}`),
    );
  });
  return isNamed === (end === 'ran');
}

/** A later plan has nothing to do, and the stored context is that of a new run. */
const settled: StoryChecks['settled'] = async ({ run, drawn, world }) => {
  expect((await run.plan(drawn)).counts).toMatchObject({ run: 0, undecided: 0 });
  const stored = await readContext(world.store, run.id);
  expect(stored.toObject()).toEqual(runNaively(drawn).context);
};

describe('a random edit of a random pipeline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-edits-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is followed by a resume that does what is needed and no more, and ends as a new run would', async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const story = new EditStory(seed, folder, { troubled, whole, settled });
      try {
        await story.live();
      } catch (error) {
        const told = { log: story.log, stages: story.drawn.stages };
        throw new Error(`seed ${seed}: ${JSON.stringify(told, undefined, 1)}`, { cause: error });
      }
    }
    // Else the property was shown for less than it says.
    for (const what of ['ran', 'kept', 'taken', 'skipped', 'undecided', 'reuse']) {
      expect([what, (seen[what] ?? 0) > 100]).toEqual([what, true]);
    }
  }, 60_000);
});
