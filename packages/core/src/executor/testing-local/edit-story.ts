import type { RunEvent } from '../../events/index.ts';
import { SeededRandom } from '../../graph/index.ts';
import type { RunOptions } from '../run-options.ts';
import { Drawer } from './draw-pipeline.ts';
import type { Drawn } from './drawn-pipeline.ts';
import { editDrawn, hasNoRivals } from './edit-drawn.ts';
import {
  type Circumstances,
  DrawnWorld,
  EditedRun,
  type Session,
  type Trouble,
} from './edited-run.ts';
import { runNaively } from './naive-planner.ts';

const MOST_STAGES = 6;
const MOST_EDITS = 3;

/** What a test finds out about each part of a story. */
export interface StoryChecks {
  /** A session that may have failed, been cancelled or died. */
  readonly troubled: (session: Session) => void;
  /** A session that nothing disturbed. */
  readonly whole: (session: Session) => void;
  /** Nothing is left to do. */
  readonly settled: (story: EditStory, session: Session | undefined) => Promise<void>;
}

/** A random pipeline in a run with trouble, then edits of it and resumes; told by its seed alone. */
export class EditStory {
  readonly run: EditedRun;
  readonly world: DrawnWorld;
  /** What was done so far. */
  readonly log: string[] = [];
  drawn: Drawn;
  readonly #random: SeededRandom;
  readonly #drawer: Drawer;
  readonly #answers: Circumstances['answers'];
  readonly #checks: StoryChecks;

  constructor(seed: number, folder: string, checks: StoryChecks) {
    this.#random = new SeededRandom(seed);
    this.#checks = checks;
    // A store that answers later gives no key that a stage does not declare.
    this.#answers = this.#random.next() < 0.7 ? 'at-once' : 'later';
    this.#drawer = new Drawer(this.#random, this.#answers === 'at-once');
    this.world = new DrawnWorld(folder);
    this.run = new EditedRun(this.world);
    this.drawn = this.#sound(() => this.#drawer.pipeline(1 + this.#random.integer(MOST_STAGES)));
  }

  async live(): Promise<void> {
    const sessions = this.#random.integer(3);
    await this.#troubled(sessions === 0 ? {} : this.#trouble());
    for (let session = 1; session < sessions; session++) await this.#troubled(this.#trouble());
    const rounds = this.#drawer.chance(0.3) ? 2 : 1;
    for (let round = 0; round < rounds; round++) {
      const edits = 1 + this.#random.integer(MOST_EDITS);
      for (let edit = 0; edit < edits; edit++) this.#edit();
      if (this.#drawer.chance(0.25)) await this.#besides();
      if (this.#drawer.chance(0.25)) await this.#select();
      else if (this.#drawer.chance(0.2)) await this.#troubled(this.#trouble());
      await this.#settle();
    }
  }

  #edit(): void {
    let what = '';
    this.drawn = this.#sound(() => {
      const edited = editDrawn(this.drawn, this.#drawer);
      what = edited.what;
      return edited.drawn;
    });
    this.log.push(what);
  }

  /** Draws until a new run of it could succeed. */
  #sound(draw: () => Drawn): Drawn {
    for (;;) {
      const drawn = draw();
      if (hasNoRivals(drawn.stages) && runNaively(drawn).isSound) return drawn;
    }
  }

  #circumstances(): Circumstances {
    const slow = new Set(
      this.drawn.stages.flatMap(({ id }) => (this.#drawer.chance(0.2) ? [id] : [])),
    );
    return {
      answers: this.#answers,
      groupsCommits: this.#drawer.chance(0.3),
      turnsOf: (id) => (slow.has(id) ? 2 : 0),
    };
  }

  #options(): RunOptions {
    return {
      concurrency: this.#drawer.pick([1, 2, 8]),
      durability: this.#drawer.pick(['strict', 'pipelined', 'none']),
      failureMode: this.#drawer.pick(['continue', 'no-new', 'kill']),
    };
  }

  #trouble(): Trouble {
    const broken = this.drawn.stages.flatMap(({ id }) => (this.#drawer.chance(0.15) ? [id] : []));
    return {
      broken: new Set(broken),
      failsAt: this.#drawer.chance(0.3) ? 1 + this.#random.integer(8) : undefined,
      cancelAfter: this.#drawer.chance(0.2) ? 1 + this.#random.integer(12) : undefined,
    };
  }

  async #troubled(trouble: Trouble): Promise<void> {
    this.log.push(`trouble ${JSON.stringify({ ...trouble, broken: [...(trouble.broken ?? [])] })}`);
    const session = await this.#session(trouble);
    if (session !== undefined) this.#checks.troubled(session);
  }

  /** Another run of the same pipeline, whose outcomes may be taken over. */
  async #besides(): Promise<void> {
    this.log.push('another run');
    const other = new EditedRun(this.world);
    const options = this.#options();
    this.#checks.whole(await other.session(this.drawn, this.#circumstances(), {}, options));
  }

  async #select(): Promise<void> {
    const ids = this.drawn.stages.flatMap(({ id }) => (this.#drawer.chance(0.5) ? [id] : []));
    if (ids.length === 0) return;
    const selected = { ids, isForced: this.#drawer.chance(0.5) };
    this.log.push(`select ${JSON.stringify(selected)}`);
    const session = await this.#session({}, { selected });
    // What was left as it was may lack what the edited stages ask for.
    if (session?.naive.isSound === true) this.#checks.whole(session);
  }

  async #settle(): Promise<void> {
    this.log.push('settle');
    const session = await this.#session({});
    if (session !== undefined) this.#checks.whole(session);
    await this.#checks.settled(this, session);
  }

  /** Undefined when there is nothing to do, or a selection asks for what cannot be. */
  async #session(
    trouble: Trouble,
    more: { readonly selected?: Parameters<EditedRun['plan']>[1] } = {},
  ): Promise<Session | undefined> {
    const options = { ...this.#options(), ...more };
    try {
      return await this.run.session(this.drawn, this.#circumstances(), trouble, options);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }
}

function isRefusal(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return code === 'RUN_ALREADY_SUCCEEDED' || code === 'SELECTION_INCOMPLETE';
}

/** The events of one session as if it were the first, with what its plan kept told at its beginning. */
export function eventsAlone({ plan, events }: Session): readonly RunEvent[] {
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
