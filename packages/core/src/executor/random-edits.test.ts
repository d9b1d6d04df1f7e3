import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MillraceError } from '../base/millrace-error.ts';
import type { RunEvent } from '../events/index.ts';
import { SeededRandom } from '../graph/index.ts';
import type { Plan } from '../plan/index.ts';
import { verifyEvents } from '../run/index.ts';
import { readContext } from './read-context.ts';
import { Drawer } from './testing-local/draw-pipeline.ts';
import { type DrawnStage, drawnPipeline } from './testing-local/drawn-pipeline.ts';
import { editDrawn, hasNoRivals } from './testing-local/edit-drawn.ts';
import { EditedRun, type Session, type Trouble } from './testing-local/edited-run.ts';
import { runNaively } from './testing-local/naive-planner.ts';

type Stages = readonly DrawnStage[];

/** How often each thing happened, so that the test shows what it covered. */
const seen: Record<string, number> = {};

function note(what: string, count = 1): void {
  seen[what] = (seen[what] ?? 0) + count;
}

function isSound(stages: Stages): boolean {
  if (!hasNoRivals(stages) || runNaively(stages).isStarved) return false;
  try {
    drawnPipeline(stages, { broken: new Set(), ran: () => {}, folder: '' });
    return true;
  } catch (error) {
    if (error instanceof MillraceError) return false;
    throw error;
  }
}

function drawSound(drawer: Drawer, count: number): Stages {
  for (;;) {
    const stages = drawer.pipeline(count);
    if (isSound(stages)) return stages;
  }
}

function editSound(stages: Stages, drawer: Drawer): { stages: Stages; what: string } {
  for (;;) {
    const edited = editDrawn(stages, drawer);
    if (isSound(edited.stages)) return edited;
  }
}

/** One story: a run with trouble, then edits and resumes; `log` tells what was done so far. */
class Story {
  readonly #random: SeededRandom;
  readonly #drawer: Drawer;
  readonly #run: EditedRun;
  readonly #folder: string;
  readonly log: string[] = [];
  stages: Stages;

  constructor(seed: number, folder: string) {
    this.#random = new SeededRandom(seed);
    this.#drawer = new Drawer(this.#random);
    this.#folder = folder;
    this.#run = new EditedRun(folder);
    this.stages = drawSound(this.#drawer, 1 + this.#random.integer(7));
  }

  async live(): Promise<void> {
    const sessions = this.#random.integer(3);
    await this.#troubled(sessions === 0 ? {} : this.#trouble());
    for (let session = 1; session < sessions; session++) await this.#troubled(this.#trouble());
    const edits = 1 + this.#random.integer(3);
    for (let edit = 0; edit < edits; edit++) {
      const { stages, what } = editSound(this.stages, this.#drawer);
      this.stages = stages;
      this.log.push(what);
      note(what.replace(/^.*?: /, 'edit: '));
      if (this.#drawer.chance(0.25)) await this.#besides();
      if (this.#drawer.chance(0.25)) await this.#select();
      else if (this.#drawer.chance(0.2)) await this.#troubled(this.#trouble());
      await this.#settle();
    }
  }

  #trouble(): Trouble {
    const broken = this.stages.flatMap(({ id }) => (this.#drawer.chance(0.15) ? [id] : []));
    return {
      broken: new Set(broken),
      failsAt: this.#drawer.chance(0.3) ? 1 + this.#random.integer(8) : undefined,
      cancelAfter: this.#drawer.chance(0.2) ? 1 + this.#random.integer(12) : undefined,
    };
  }

  /** A session that may fail, be cancelled or die: nothing runs in it that need not. */
  async #troubled(trouble: Trouble): Promise<void> {
    this.log.push(`trouble ${JSON.stringify({ ...trouble, broken: [...(trouble.broken ?? [])] })}`);
    const session = await this.#run
      .session(this.stages, trouble, { failureMode: this.#drawer.pick(['continue', 'no-new']) })
      .catch(nothingToDo);
    if (session === undefined) return;
    const expected = endsOf(session, 'ran');
    expect(expected).toEqual(expect.arrayContaining([...session.ran]));
    checkSession(session, { isWhole: false });
  }

  /** Another run of the same pipeline, whose outcomes may be taken over. */
  async #besides(): Promise<void> {
    this.log.push('another run');
    const other = new EditedRun(this.#folder, this.#run);
    const session = await other.session(this.stages);
    checkWhole(session);
  }

  async #select(): Promise<void> {
    const ids = this.stages.flatMap(({ id }) => (this.#drawer.chance(0.5) ? [id] : []));
    if (ids.length === 0) return;
    const selected = { ids, isForced: this.#drawer.chance(0.5) };
    this.log.push(`selected ${JSON.stringify(selected)}`);
    const session = await this.#run.session(this.stages, {}, { selected }).catch(nothingToDo);
    if (session === undefined) return;
    // What was left as it was may lack what the edited stages ask for.
    if (session.naive.isStarved) return;
    note('selected');
    checkWhole(session);
  }

  /** Plans, resumes, and finds the context of a run of its own and nothing left to do. */
  async #settle(): Promise<void> {
    this.log.push('settle');
    const planned = await this.#run.plan(this.stages);
    const session = await this.#run.session(this.stages).catch(nothingToDo);
    if (session !== undefined) {
      expect(session.plan.reasons).toEqual(planned.reasons);
      checkWhole(session);
    }
    const again = await this.#run.plan(this.stages);
    expect(again.counts).toMatchObject({ run: 0, undecided: 0 });
    const stored = await readContext(this.#run.store, this.#run.id);
    expect(stored.toObject()).toEqual(runNaively(this.stages).context);
  }
}

function nothingToDo(error: unknown): undefined {
  const codes = ['RUN_ALREADY_SUCCEEDED', 'SELECTION_INCOMPLETE'];
  if (!(error instanceof MillraceError) || !codes.includes(error.code)) throw error;
  note(error.code);
  return undefined;
}

function endsOf({ naive }: Session, end: string): string[] {
  return [...naive.outcomes].flatMap(([id, outcome]) => (outcome.end === end ? [id] : [])).sort();
}

/** A session without trouble did exactly what the model says, and what its plan said. */
function checkWhole(session: Session): void {
  const { naive, ran, result } = session;
  if (result?.status !== 'succeeded') console.log(JSON.stringify(result?.stages, undefined, 1));
  expect([...ran].sort()).toEqual(endsOf(session, 'ran'));
  expect(result?.context.toObject()).toEqual(naive.context);
  expect(result?.status).toBe('succeeded');
  const reused = result?.stages.flatMap(({ id, status }) => (status === 'reused' ? [id] : []));
  expect(reused?.toSorted()).toEqual(
    [...endsOf(session, 'kept'), ...endsOf(session, 'taken')].sort(),
  );
  for (const { end } of naive.outcomes.values()) note(end);
  checkSession(session, { isWhole: true });
}

function checkSession(session: Session, { isWhole }: { readonly isWhole: boolean }): void {
  const { plan, ran, events } = session;
  const { graph } = plan.pipeline;
  plan.decisions.forEach((decision, at) => {
    const id = graph.ids[at] ?? '';
    note(decision);
    if (decision === 'reuse' || decision === 'skip') expect(ran).not.toContain(id);
    if (decision === 'run' && isWhole) {
      const end = session.naive.outcomes.get(id)?.end ?? '';
      expect([id, end]).toEqual([id, expect.stringMatching(/^(ran|skipped)$/)]);
    }
    if (decision === 'undecided' && isWhole) checkUndecided(session, at);
  });
  if (isWhole) verifyEvents(graph, sessionEvents(plan, events));
}

/** It ran exactly when something changed that its reasons name. */
function checkUndecided({ plan, naive, ran }: Session, at: number): void {
  const id = plan.pipeline.graph.ids[at] ?? '';
  const { end, changed = [] } = naive.outcomes.get(id) ?? {};
  if (end === 'skipped' || end === 'taken') return;
  const isNamed = (plan.reasons[at] ?? []).some((reason) => {
    switch (reason.kind) {
      case 'pending-cache':
        return true;
      case 'pending-needs':
        return changed.includes('needs');
      case 'pending-input':
        return changed.some((name) => name === 'keys' || name.endsWith(` ${reason.name}`));
      default:
        return false;
    }
  });
  expect([id, ran.includes(id)]).toEqual([id, isNamed]);
}

/** The events of one session as if it were the first, with what its plan kept told at its beginning. */
function sessionEvents(plan: Plan, events: readonly RunEvent[]): readonly RunEvent[] {
  const [opening, ...rest] = events;
  if (opening === undefined) return [];
  const told = new Set(rest.flatMap((event) => ('stage' in event ? [event.stage as string] : [])));
  const kept = plan.pipeline.stages.flatMap(({ id, index }): RunEvent[] =>
    plan.decisions[index] === 'reuse' && !told.has(id)
      ? [{ ...opening, type: 'stage.reused', stage: id, reason: 'kept' } as RunEvent]
      : [],
  );
  return [opening, ...kept, ...rest].map((event, at) => ({ ...event, seq: at + 1 }));
}

describe('a random edit of a random pipeline', () => {
  it('is followed by a resume that does what is needed and no more, and ends as a new run would', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-edits-'));
    try {
      for (
        let seed = Number(process.env.SEED ?? 1);
        seed <= Number(process.env.LAST ?? 600);
        seed++
      ) {
        const story = new Story(seed, folder);
        try {
          await story.live();
        } catch (error) {
          const told = { log: story.log, stages: story.stages };
          throw new Error(`seed ${seed}: ${JSON.stringify(told, undefined, 1)}`, { cause: error });
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    // Else the property was shown for less than it says.
    const least = { kept: 100, taken: 100, skipped: 100, undecided: 100, selected: 50 };
    for (const [what, count] of Object.entries(least)) {
      expect([what, seen[what]]).toEqual([what, expect.any(Number)]);
      expect(seen[what]).toBeGreaterThan(count);
    }
    console.log(seen);
  }, 60_000);
});
