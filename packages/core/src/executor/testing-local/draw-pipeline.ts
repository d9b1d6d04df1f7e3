import type { SeededRandom } from '../../graph/index.ts';
import {
  type Drawn,
  type DrawnRead,
  type DrawnStage,
  INITIAL_KEYS,
  type Look,
  valueFor,
} from './drawn-pipeline.ts';

/** Draws random pipelines, and the parts that edits put into them. */
export class Drawer {
  readonly #random: SeededRandom;
  readonly #looksWhereDeclared: boolean;

  /** @param looksWhereDeclared stages that declare inputs may look at other keys besides */
  constructor(random: SeededRandom, looksWhereDeclared: boolean) {
    this.#random = random;
    this.#looksWhereDeclared = looksWhereDeclared;
  }

  chance(share: number): boolean {
    return this.#random.next() < share;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.#random.integer(choices.length)] as T;
  }

  pipeline(count: number): Drawn {
    const stages: DrawnStage[] = [];
    for (let at = 0; at < count; at++) stages.push(this.stage(`n${at}`, stages));
    return { stages, initial: this.initial() };
  }

  initial(): Drawn['initial'] {
    const values = INITIAL_KEYS.map((key) => [key, valueFor(key, this.#random.integer(3))]);
    return Object.fromEntries(values);
  }

  /** A stage that may stand behind the given ones. */
  stage(id: string, before: readonly DrawnStage[]): DrawnStage {
    const needs = before
      .filter(() => this.chance(2 / (before.length + 1)))
      .map((stage) => stage.id);
    const keys = visibleKeys(before, needs);
    const isOpen = this.chance(0.25);
    const update = this.chance(0.25) ? this.#listKey(keys) : undefined;
    const isSilent = update !== undefined ? this.chance(0.6) : this.chance(0.12);
    const reads = isOpen ? undefined : this.reads(keys);
    const params = { p: this.#random.integer(3), q: this.#random.integer(3) };
    return {
      id,
      needs,
      version: 1,
      salt: this.#random.integer(100),
      reads,
      looks: this.looks(keys, isOpen),
      params,
      paramsRead: ['p'],
      output: isSilent
        ? undefined
        : {
            key: this.outputKey(id, before, needs),
            isDeclared: !this.chance(isOpen ? 0.4 : 0.1),
            isOptional: this.chance(0.2),
          },
      update,
      file: this.chance(0.08) ? 1 : undefined,
      cacheable: this.chance(0.3),
      condition: this.condition(reads),
    };
  }

  reads(keys: readonly string[]): DrawnRead[] {
    const reads: DrawnRead[] = [];
    const count = this.#random.integer(3);
    for (let read = 0; read < count; read++) {
      const gathers = this.chance(0.15);
      const length = gathers ? 1 + this.#random.integer(3) : 1;
      const own = Array.from({ length }, () => this.pick(keys));
      reads.push({ keys: own, gathers, optional: this.chance(0.4) });
    }
    return reads;
  }

  looks(keys: readonly string[], isOpen: boolean): Look[] {
    const most = this.#looksWhereDeclared ? 0.15 : 0;
    const count = isOpen ? 1 + this.#random.integer(2) : Number(this.chance(most));
    return Array.from({ length: count }, () => this.#look(keys, isOpen));
  }

  condition(reads: readonly DrawnRead[] | undefined): DrawnStage['condition'] {
    if (!this.chance(0.2)) return undefined;
    if (this.chance(0.3)) return { constant: this.chance(0.5) };
    if (reads === undefined || reads.length === 0 || this.chance(0.4))
      return { param: this.pick(['p', 'q']), limit: 1 + this.#random.integer(2) };
    return { input: `i${this.#random.integer(reads.length)}`, parity: this.#random.integer(2) };
  }

  /** A key of its own, or sometimes one that a stage before it writes too. */
  outputKey(id: string, before: readonly DrawnStage[], needs: readonly string[]): string {
    const own = `${this.chance(0.25) ? 'l' : 'k'}${id}`;
    if (!this.chance(0.25)) return own;
    const above = ancestorsOf(before, needs);
    const shared = before.filter((stage) => above.has(stage.id)).map(({ output }) => output?.key);
    return this.pick([own, ...shared]) ?? own;
  }

  #look(keys: readonly string[], isOpen: boolean): Look {
    const how = this.pick(
      isOpen ? (['get', 'has', 'keys', 'input', 'all'] as const) : (['get', 'has'] as const),
    );
    if (how === 'keys' || how === 'all') return { how };
    return { how, key: this.pick([...keys, 'nobody']) };
  }

  #listKey(keys: readonly string[]): string | undefined {
    const lists = keys.filter((key) => key.startsWith('l'));
    return lists.length === 0 ? undefined : this.pick(lists);
  }
}

/** Ids of the given stages and all that they need. */
export function ancestorsOf(stages: readonly DrawnStage[], ids: readonly string[]): Set<string> {
  const found = new Set(ids);
  for (const { id, needs } of [...stages].reverse()) {
    if (found.has(id)) for (const need of needs) found.add(need);
  }
  return found;
}

/** Keys that stages with these needs may see. */
export function visibleKeys(stages: readonly DrawnStage[], needs: readonly string[]): string[] {
  const above = ancestorsOf(stages, needs);
  const written = stages
    .filter(({ id }) => above.has(id))
    .flatMap(({ output }) => (output === undefined ? [] : [output.key]));
  return [...INITIAL_KEYS, ...new Set(written)];
}
