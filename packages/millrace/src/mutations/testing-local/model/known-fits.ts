import { isDeepStrictEqual } from 'node:util';
import { z } from '@millrace/core';
import type { BoundStage } from './bound-stage.ts';

interface Reading {
  readonly name: string;
  readonly key: string;
  readonly isGathered: boolean;
}

/**
 * Which inputs can be read from which outputs: those whose schemas are the same, and those that the
 * config joins as it was written. Nothing is worked out here, as the loader does.
 */
export class KnownFits {
  readonly #known = new Set<string>();
  #isLearning = true;

  /** From now on nothing new is believed. */
  seal(): void {
    this.#isLearning = false;
  }

  fit(writer: BoundStage, reader: BoundStage, { name, key, isGathered }: Reading): boolean {
    const output = writer.outputs?.find((one) => writer.writes(one) === key) ?? key;
    const pair = [writer.stageClass.name, output, reader.stageClass.name, name, isGathered].join(
      ' ',
    );
    if (this.#isLearning) this.#known.add(pair);
    if (this.#known.has(pair)) return true;
    const given =
      writer.stageClass.spec.outputs?.shape[output] ??
      writer.stageClass.spec.updates?.shape[output];
    const wanted =
      reader.stageClass.spec.inputs?.shape[name] ?? reader.stageClass.spec.updates?.shape[name];
    if (given === undefined || wanted === undefined) return true;
    return isDeepStrictEqual(
      jsonOf(isGathered ? z.array(given as z.ZodType) : given),
      jsonOf(wanted),
    );
  }
}

function jsonOf(schema: unknown): unknown {
  return z.toJSONSchema(schema as z.ZodType, { io: 'output', unrepresentable: 'any' });
}
