import { ancestorsOf } from './draw-pipeline.ts';
import { type Drawn, type DrawnStage, digestOf, type Look, valueFor } from './drawn-pipeline.ts';

/** A written key. Values with the same identity count as the same: of an update, its base and what it added. */
export interface NaiveCell {
  readonly key: string;
  readonly value: unknown;
  readonly identity: string;
}

/** What an outcome rests on: the names of what was read, each with an identity, empty for what nobody wrote. */
export type NaiveReads = Readonly<Record<string, string>>;

export interface NaiveWrites {
  readonly id: string;
  readonly cells: readonly NaiveCell[];
  /** Number of the attempt that they are from. */
  readonly attempt: number;
}

/** What each stage of a drawn pipeline sees, worked out the slow way. */
export class NaiveContext {
  readonly #stages: readonly DrawnStage[];
  readonly #initial: Drawn['initial'];
  readonly #above: ReadonlyMap<string, ReadonlySet<string>>;
  /** By stage. */
  readonly #writes = new Map<string, NaiveWrites>();

  constructor({ stages, initial }: Drawn) {
    this.#stages = stages;
    this.#initial = initial;
    this.#above = new Map(stages.map(({ id, needs }) => [id, ancestorsOf(stages, needs)]));
  }

  write(writes: NaiveWrites): void {
    this.#writes.set(writes.id, writes);
  }

  /** The initial keys, and over them what the ancestors wrote, in order; without a stage what all did. */
  view(id?: string): Map<string, NaiveCell> {
    const view = new Map<string, NaiveCell>();
    for (const [key, value] of Object.entries(this.#initial)) view.set(key, cellOf(key, value));
    for (const stage of this.#stages) {
      if (id !== undefined && !this.#above.get(id)?.has(stage.id)) continue;
      for (const cell of this.#writes.get(stage.id)?.cells ?? []) view.set(cell.key, cell);
    }
    return view;
  }

  isBelowUndeclared(id: string): boolean {
    return this.#stages.some(
      ({ id: other, output }) => output?.isDeclared === false && this.#above.get(id)?.has(other),
    );
  }

  /** The last ancestor that declares to write the key, whether it does or not. */
  provider(id: string, key: string): string | undefined {
    return this.#stages.findLast(
      (stage) =>
        this.#above.get(id)?.has(stage.id) && (stage.output?.key === key || stage.update === key),
    )?.id;
  }

  /** A declared key. Where nobody before the stage may write it, an old outcome that has it is not looked at. */
  declared(id: string, key: string): NaiveCell | undefined {
    const isWritten = this.isBelowUndeclared(id) || this.provider(id, key) !== undefined;
    if (isWritten) return this.view(id).get(key);
    return Object.hasOwn(this.#initial, key) ? cellOf(key, this.#initial[key]) : undefined;
  }

  /** Everything that the stage would read now. */
  reads(stage: DrawnStage): NaiveReads {
    const view = this.view(stage.id);
    const reads: Record<string, string> = {};
    for (const [name, key] of declaredKeys(stage))
      reads[`input ${name}`] = this.declared(stage.id, key)?.identity ?? '';
    const ordering = this.#orderingNeeds(stage);
    if (ordering.length > 0)
      reads.needs = ordering
        .map((id) => this.#written(id))
        .sort()
        .join();
    return { ...reads, ...lookedUp(stage.looks, view) };
  }

  /** What becomes of the stage when it runs. */
  perform(stage: DrawnStage): readonly NaiveCell[] {
    const { id, salt, output, update, reads, looks, params, paramsRead, file } = stage;
    const view = this.view(id);
    const read = (key: string | undefined): unknown => this.declared(id, key ?? '')?.value ?? null;
    const digest = digestOf(
      salt,
      (reads ?? []).map(({ keys, gathers }) => (gathers ? keys.map(read) : read(keys[0]))),
      looks.map((look) => lookUp(look, view)),
      paramsRead.map((name) => params[name] ?? null),
      file === undefined ? null : String(file),
    );
    const cells: NaiveCell[] = [];
    const isLeftOut = output === undefined || (output.isOptional && digest === 0);
    if (!isLeftOut) cells.push(cellOf(output.key, valueFor(output.key, digest)));
    const base = update === undefined ? undefined : this.declared(id, update);
    if (base !== undefined) {
      const { list } = base.value as { list: readonly number[] };
      cells.push({
        key: base.key,
        value: { list: [...list, digest] },
        identity: `${base.identity} + ${digest}`,
      });
    }
    return cells;
  }

  /** The needs of which the stage reads nothing, or all where it may read anything. */
  #orderingNeeds(stage: DrawnStage): readonly string[] {
    const { id, needs, reads } = stage;
    const keys = declaredKeys(stage).map(([, key]) => key);
    if (reads === undefined || this.isBelowUndeclared(id)) return needs;
    const read = new Set(keys.map((key) => this.provider(id, key)));
    return needs.filter((need) => !read.has(need));
  }

  #written(id: string): string {
    const writes = this.#writes.get(id);
    if (writes === undefined || writes.cells.length === 0) return `attempt ${writes?.attempt ?? 0}`;
    return writes.cells
      .map(({ key, identity }) => `${key}=${identity}`)
      .sort()
      .join();
  }
}

/** Keys of declared inputs and updates, by the names that records have for them. */
export function declaredKeys({ reads, update }: DrawnStage): [name: string, key: string][] {
  const names = (reads ?? []).flatMap(({ keys, gathers }, at) =>
    keys.map((key, place): [string, string] => [gathers ? `i${at}[${place}]` : `i${at}`, key]),
  );
  return update === undefined ? names : [...names, ['update', update]];
}

function cellOf(key: string, value: unknown): NaiveCell {
  return { key, value, identity: JSON.stringify(value) };
}

function lookedUp(looks: readonly Look[], view: ReadonlyMap<string, NaiveCell>): NaiveReads {
  const reads: Record<string, string> = {};
  for (const look of looks) {
    const listed = look.how === 'keys' || look.how === 'all' || look.how === 'input';
    if (listed) reads.keys = [...view.keys()].sort().join();
    const asked = look.how === 'all' ? view.keys() : 'key' in look ? [look.key] : [];
    for (const key of asked) {
      // Among the inputs only what is there can be read.
      if (look.how === 'input' && !view.has(key)) continue;
      reads[`key ${key}`] = view.get(key)?.identity ?? '';
    }
  }
  return reads;
}

function lookUp(look: Look, view: ReadonlyMap<string, NaiveCell>): unknown {
  switch (look.how) {
    case 'get':
    case 'input':
      return view.get(look.key)?.value ?? null;
    case 'has':
      return view.has(look.key);
    case 'keys':
      return [...view.keys()].sort();
    case 'all':
      return Object.fromEntries([...view.keys()].sort().map((key) => [key, view.get(key)?.value]));
    default:
      return look satisfies never;
  }
}
