import { SeededRandom } from '@millrace/core';
import type { EditKind, EditKinds, Foreseen } from '../edits/edit.ts';
import type { EditReport } from '../process/edit-report.ts';
import { HonestyThread } from '../process/honesty-thread.ts';
import type { EditedProject } from '../project/edited-project.ts';
import { type Judgement, judgeEdit } from './judge-edit.ts';

/** A project that a chain of edits is made to. */
export interface Editable {
  readonly project: EditedProject;
  /** Absolute path. */
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface ChainPlan<Project extends Editable> {
  /** Stands before the kinds in what is printed. */
  readonly name: string;
  readonly seed: number;
  readonly open: () => Project;
  readonly kinds: EditKinds<Project>;
  /** How often each kind comes, in an order that the seed decides. */
  readonly rounds: number;
  /** Each so many edits the outcome is compared with that of a fresh run. */
  readonly compareEvery: number;
  /** Goes with every second edit that runs nothing, so that the run is truly resumed. */
  readonly companion?: EditKind<Project>;
}

/** One edit, and what came of it; its problems name seed and number, so that it can be made again. */
export interface EditResult extends Judgement {
  readonly kind: string;
  readonly foreseen: Foreseen;
  readonly report: EditReport;
}

/** So many edits share a thread, after which the run goes on in another one. */
const EDITS_A_THREAD = 26;

/** Runs a project, then edits it again and again, and resumes the run after each edit. */
export async function runChain<Project extends Editable>(
  plan: ChainPlan<Project>,
): Promise<readonly EditResult[]> {
  const project = plan.open();
  const chain = new EditChain(plan, project);
  try {
    return await chain.run();
  } finally {
    await chain.end();
    project.project.remove();
  }
}

class EditChain<Project extends Editable> {
  readonly #plan: ChainPlan<Project>;
  readonly #project: Project;
  readonly #random: SeededRandom;
  readonly #results: EditResult[] = [];
  #thread: HonestyThread | undefined;
  #last: EditReport | undefined;

  constructor(plan: ChainPlan<Project>, project: Project) {
    this.#plan = plan;
    this.#project = project;
    this.#random = new SeededRandom(plan.seed);
  }

  async run(): Promise<readonly EditResult[]> {
    const { kinds, rounds } = this.#plan;
    this.#last = await this.#ask(false);
    for (let round = 0; round < rounds; round++) {
      for (const [kind, edit] of this.#random.shuffled(Object.entries(kinds))) {
        await this.#make(kind, edit);
      }
    }
    return this.#results;
  }

  async end(): Promise<void> {
    await this.#thread?.end();
  }

  async #make(kind: string, edit: EditKind<Project>): Promise<void> {
    const { name, seed, compareEvery } = this.#plan;
    const number = this.#results.length + 1;
    if (number % EDITS_A_THREAD === 0) await this.#nextThread();
    const foreseen = this.#accompanied(edit(this.#project, this.#random));
    const report = await this.#ask(number % compareEvery === 0);
    const judgement = judgeEdit(report, foreseen);
    const problems = judgement.problems.map((text) => `${name} ${seed}, edit ${number}: ${text}`);
    this.#results.push({ kind: `${name}: ${kind}`, foreseen, report, ...judgement, problems });
    this.#last = report;
  }

  #accompanied(foreseen: Foreseen): Foreseen {
    const { companion } = this.#plan;
    const runsNothing = foreseen.runs === undefined;
    if (companion === undefined || !runsNothing || this.#random.integer(2) === 0) return foreseen;
    return companion(this.#project, this.#random);
  }

  async #ask(isCompared: boolean): Promise<EditReport> {
    const { project, config, env } = this.#project;
    this.#thread ??= new HonestyThread(project.folder);
    const { runId, reads = {} } = this.#last ?? {};
    return this.#thread.ask({ runId, reads, config, env: { ...env }, isCompared });
  }

  async #nextThread(): Promise<void> {
    await this.#thread?.end();
    this.#thread = undefined;
  }
}
