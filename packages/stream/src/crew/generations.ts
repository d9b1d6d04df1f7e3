import { didYouMean, MillraceError, type ModelPipeline } from '@millrace/core';
import { quote } from '../base/quote.ts';
import { compileChain } from '../chain/compile-chain.ts';
import type { Written } from '../chain/link.ts';
import type { StageSite } from '../chain/stage-site.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import {
  type Crew,
  type CrewFault,
  type CrewMember,
  recruit,
  setUpCrew,
  tearDownCrew,
} from './crew.ts';
import type { Equipped, Generation } from './generation.ts';
import { type LooseStage, StageInstance } from './stage-instance.ts';
import type { StageSwap, SwapRequest } from './swap-request.ts';
import { swappedPipeline } from './swapped-pipeline.ts';

interface GenerationsParts {
  readonly pipeline: ModelPipeline;
  readonly intake: ModelPipeline | undefined;
  readonly values: Written;
  readonly check: StreamSettings['check'];
}

/** Owns the instances of all stages: which serve new messages, which still serve older ones, and which may go. */
export class Generations {
  readonly #check: StreamSettings['check'];
  /** What the next start begins with. */
  #plan: Pick<GenerationsParts, 'pipeline' | 'intake' | 'values'>;
  #current: Generation | undefined;
  #number = 0;
  readonly #users = new Map<Generation, number>();
  readonly #leaving = new Set<Promise<void>>();
  /** One swap after the other. */
  #swapping: Promise<unknown> = Promise.resolve();

  /** @throws MillraceError STREAM_STAGE_UNSUPPORTED, STREAM_STAGE_TWICE */
  constructor({ check, ...plan }: GenerationsParts) {
    this.#check = check;
    this.#plan = plan;
    compileChain(plan.pipeline, check);
    if (plan.intake !== undefined) compileChain(plan.intake, check);
    const ids = new Set(plan.pipeline.stages.map(({ id }) => id));
    const twice = plan.intake?.stages.find(({ id }) => ids.has(id))?.id;
    if (twice === undefined) return;
    throw new MillraceError(
      'STREAM_STAGE_TWICE',
      `stage ${quote(twice)} is in the pipeline ${quote(plan.pipeline.name)} and in the intake, too`,
      { details: { stage: twice }, help: 'give it another id in one of them' },
    );
  }

  /** Serves new messages. */
  get current(): Generation | undefined {
    return this.#current;
  }

  /** @throws MillraceError STREAM_SETUP_FAILED after what was set up has been torn down again */
  async start(site: StageSite): Promise<void> {
    this.#use(await this.#equip(this.#plan, {}, undefined, site), site);
  }

  /** Call `release` for each. */
  take(): Generation {
    const generation = this.#current;
    if (generation === undefined)
      throw new MillraceError('STREAM_STATE', 'the stream is not running');
    this.#users.set(generation, (this.#users.get(generation) ?? 0) + 1);
    return generation;
  }

  release(generation: Generation, site: StageSite): void {
    const users = (this.#users.get(generation) ?? 0) - 1;
    this.#users.set(generation, users);
    if (users === 0 && generation !== this.#current) this.#retire(generation, site);
  }

  /**
   * Sets up what is new, then lets it serve from the next message on. A failure leaves all as it was.
   * @throws MillraceError STREAM_SWAP_REFUSED, STREAM_SETUP_FAILED, PIPELINE_INVALID, STREAM_STAGE_UNSUPPORTED
   */
  swap(request: SwapRequest, site: StageSite): Promise<number> {
    const swapped = this.#swapping.then(() => this.#swap(request, site));
    this.#swapping = swapped.catch(() => undefined);
    return swapped;
  }

  /** Tears down all; call it when no message is under way. */
  async stop(site: StageSite): Promise<void> {
    await this.#swapping;
    const last = this.#current;
    this.#current = undefined;
    if (last !== undefined) this.#retire(last, site);
    await Promise.all(this.#leaving);
  }

  async #swap({ stages = {}, values = {} }: SwapRequest, site: StageSite): Promise<number> {
    const current = this.#current;
    if (current === undefined) throw new MillraceError('STREAM_STATE', 'the stream is not running');
    const { pipeline, intake } = this.#plan;
    const known = [...pipeline.stages, ...(intake?.stages ?? [])].map(({ id }) => id as string);
    refuseUnknown('stage', Object.keys(stages), known);
    refuseUnknown('value', Object.keys(values), Object.keys(current.values));
    const plan = {
      pipeline: swappedPipeline(pipeline, stages),
      intake: intake && swappedPipeline(intake, stages),
      values: { ...current.values, ...values },
    };
    this.#use(await this.#equip(plan, stages, current, site), site);
    this.#plan = plan;
    return this.#number;
  }

  async #equip(
    { pipeline, intake, values }: Pick<GenerationsParts, 'pipeline' | 'intake' | 'values'>,
    swaps: Readonly<Record<string, StageSwap>>,
    before: Generation | undefined,
    site: StageSite,
  ): Promise<Omit<Generation, 'number'>> {
    const fresh: CrewMember[] = [];
    const equip = (given: ModelPipeline, old: Equipped | undefined): Equipped | CrewFault => {
      const chain = compileChain(given, this.#check);
      const crew: CrewMember[] = [];
      for (const link of chain.links) {
        const swap = Object.hasOwn(swaps, link.id) ? swaps[link.id] : undefined;
        const kept = swap === undefined ? memberOf(old, link.id) : undefined;
        const member = kept ?? recruit(link, swap && madeInstance(link.bound, swap));
        if ('failure' in member) return member;
        if (kept === undefined) fresh.push(member);
        crew.push(member);
      }
      return { pipeline: given, chain, crew };
    };
    const main = equip(pipeline, before?.main);
    const first = intake && equip(intake, before?.intake);
    if ('failure' in main) throw setupFailed(main);
    if (first !== undefined && 'failure' in first) throw setupFailed(first);
    const fault = await setUpCrew(fresh, site);
    if (fault !== undefined) {
      await tearDownCrew(fresh, site);
      throw setupFailed(fault);
    }
    return { main, intake: first, values: Object.freeze({ ...values }) };
  }

  #use(equipped: Omit<Generation, 'number'>, site: StageSite): void {
    const before = this.#current;
    this.#current = { ...equipped, number: ++this.#number };
    this.#users.set(this.#current, 0);
    if (before !== undefined && this.#users.get(before) === 0) this.#retire(before, site);
  }

  #retire(generation: Generation, site: StageSite): void {
    this.#users.delete(generation);
    const staying = new Set([...this.#users.keys()].flatMap(membersOf));
    const gone = membersOf(generation).filter((member) => !staying.has(member));
    const leaving = tearDownCrew(gone, site).finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }
}

function membersOf({ main, intake }: Generation): Crew {
  return [...(intake?.crew ?? []), ...main.crew];
}

function memberOf(equipped: Equipped | undefined, id: string): CrewMember | undefined {
  return equipped?.crew.find(({ bound }) => bound.id === id);
}

function madeInstance(
  { id, params, options }: Parameters<typeof StageInstance.of>[0],
  { instance }: StageSwap,
): StageInstance | undefined {
  if (instance === undefined) return undefined;
  const stage = instance as LooseStage;
  return new StageInstance({ id, stage, params: params.value, timeoutMs: options.timeoutMs });
}

function refuseUnknown(
  kind: 'stage' | 'value',
  given: readonly string[],
  known: readonly string[],
): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const help = didYouMean(unknown, known);
  throw new MillraceError(
    'STREAM_SWAP_REFUSED',
    `the stream has no ${kind} ${quote(unknown)} to swap; it has ${known.map(quote).join(', ') || 'none'}`,
    { details: { [kind]: unknown, known }, ...(help === undefined ? {} : { help }) },
  );
}

function setupFailed({ stage, failure }: CrewFault): MillraceError {
  return new MillraceError('STREAM_SETUP_FAILED', failure.message, {
    details: { stage, failure },
    ...(failure.help === undefined ? {} : { help: failure.help }),
  });
}
