import { z } from '@millrace/core';
import type { BoundStage } from './bound-stage.ts';
import type { Faults } from './fault.ts';
import type { KnownFits } from './known-fits.ts';
import { patternOf } from './pattern.ts';
import type { PlainMap } from './plain.ts';

interface WiringRequest {
  readonly stages: readonly BoundStage[];
  /** Values that are there at the start. */
  readonly context: PlainMap;
  /** Keys that the caller gives. */
  readonly inputs: readonly string[];
  readonly fits: KnownFits;
  readonly faults: Faults;
}

/** Checks the graph, and that each input has one provider of the right kind. */
export function checkWiring(request: WiringRequest): void {
  const { stages, faults } = request;
  const ancestors = new Ancestors(stages);
  for (const { id } of stages) if (ancestors.of(id).has(id)) faults.add('needs itself', id);
  checkWriters(request, ancestors);
  for (const stage of stages) checkInputs(stage, request, ancestors);
}

/** Everything that a stage needs, directly or not, by its id. */
class Ancestors {
  readonly #byId: ReadonlyMap<string, BoundStage>;

  constructor(stages: readonly BoundStage[]) {
    this.#byId = new Map(stages.map((stage) => [stage.id, stage]));
  }

  of(id: string): ReadonlySet<string> {
    const found = new Set<string>();
    const waiting = [...(this.#byId.get(id)?.needs ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(this.#byId.get(next)?.needs ?? []));
    }
    return found;
  }
}

function checkWriters({ stages, faults }: WiringRequest, ancestors: Ancestors): void {
  const writersOf = new Map<string, BoundStage[]>();
  for (const stage of stages) {
    if (new Set(stage.written).size < stage.written.length)
      faults.add('writes a key twice', stage.id);
    for (const key of new Set(stage.written))
      writersOf.set(key, [...(writersOf.get(key) ?? []), stage]);
  }
  for (const [key, writers] of writersOf) {
    for (const { id } of writers) {
      const others = writers.filter((other) => other.id !== id);
      const isOrdered = others.every(
        (other) => ancestors.of(id).has(other.id) || ancestors.of(other.id).has(id),
      );
      if (!isOrdered) faults.add(`${key} is written by others at the same time`, id);
    }
  }
}

function checkInputs(stage: BoundStage, request: WiringRequest, ancestors: Ancestors): void {
  const { stages, faults } = request;
  const above = ancestors.of(stage.id);
  const before = stages.filter(({ id }) => above.has(id));
  // What a class does not declare it may write all the same.
  if (before.some(({ outputs }) => outputs === undefined)) return;
  for (const name of [...stage.inputs, ...stage.updates]) {
    const { keys, isList } = stage.reads(name);
    const real = keys.flatMap((key) => {
      const pattern = patternOf(key);
      if (pattern === undefined) return [key];
      const gathered = before.flatMap(({ written }) => written.filter((one) => pattern.test(one)));
      if (gathered.length === 0) faults.add(`nothing is gathered by ${key}`, stage.id, key);
      return gathered;
    });
    const isGathered = isList || keys.some((key) => patternOf(key) !== undefined);
    for (const key of real)
      checkProvider(stage, { name, key, isGathered }, { ...request, before, ancestors });
  }
}

interface Reading {
  readonly name: string;
  readonly key: string;
  readonly isGathered: boolean;
}

interface ProviderRequest extends WiringRequest {
  /** The stages that come before the reader. */
  readonly before: readonly BoundStage[];
  readonly ancestors: Ancestors;
}

function checkProvider(stage: BoundStage, reading: Reading, request: ProviderRequest): void {
  const { context, inputs, fits, faults, before, ancestors } = request;
  const { name, key } = reading;
  const writers = before.filter(({ written }) => written.includes(key));
  const nearest = writers.find(({ id }) =>
    writers.every((other) => other.id === id || ancestors.of(id).has(other.id)),
  );
  if (nearest !== undefined) {
    if (!fits.fit(nearest, stage, reading))
      faults.add(`${name} cannot be read from ${key}`, stage.id);
    return;
  }
  if (Object.hasOwn(context, key) || inputs.includes(key)) {
    const value = context[key];
    const schema = stage.stageClass.spec.inputs?.shape[name];
    const isFit =
      value === undefined || value === null || schema?.safeParse(value).success !== false;
    if (!isFit && !reading.isGathered)
      faults.add(`${name} cannot be read from the context`, stage.id);
    return;
  }
  const schema = stage.stageClass.spec.inputs?.shape[name];
  // Left out, and not undefined: that is what an input is that nobody writes.
  const isOptional = schema && z.object({ [name]: schema }).safeParse({}).success;
  if (isOptional !== true) faults.add(`nobody writes ${key}`, stage.id, key);
}
