import type { StageDefinition } from '@millrace/core';
import { labelPattern } from './label-pattern.ts';

/** A context key and the stage that writes it, by its place in the definition. */
export interface WrittenKey {
  readonly key: string;
  readonly writer: number;
}

/** Which stage writes which context key, as far as the classes tell. */
export class WrittenKeys {
  readonly #stages: readonly StageDefinition[];
  readonly #outputsOf: (stage: StageDefinition) => readonly string[] | undefined;
  readonly #byPattern = new Map<string, readonly WrittenKey[]>();

  /** @param outputsOf what a stage declares to write; undefined when it may write any key */
  constructor(
    stages: readonly StageDefinition[],
    outputsOf: (stage: StageDefinition) => readonly string[] | undefined,
  ) {
    this.#stages = stages;
    this.#outputsOf = outputsOf;
  }

  /** Undefined when the stage may write keys beside these. */
  of(stage: StageDefinition): readonly string[] | undefined {
    return this.#outputsOf(stage)?.map((name) => keyOf(stage, name));
  }

  /** The keys that a pattern stands for, in the order of their writers. */
  matching(pattern: string): readonly WrittenKey[] {
    const known = this.#byPattern.get(pattern) ?? this.#match(pattern);
    this.#byPattern.set(pattern, known);
    return known;
  }

  #match(pattern: string): readonly WrittenKey[] {
    const matcher = labelPattern(pattern);
    const name = ownName(pattern);
    const found: WrittenKey[] = [];
    for (const [writer, stage] of this.#stages.entries()) {
      // Of a stage that may write any key, the one of this name is meant.
      const keys = this.of(stage) ?? [...Object.values(stage.writes ?? {}), keyOf(stage, name)];
      for (const key of keys) if (matcher.test(key)) found.push({ key, writer });
    }
    return found;
  }
}

/** The context key that an output of a stage becomes. */
function keyOf(
  { writes, namespace = '', writeSuffix = '' }: StageDefinition,
  name: string,
): string {
  const renamed = writes !== undefined && Object.hasOwn(writes, name) ? writes[name] : undefined;
  return renamed ?? `${namespace}${name}${writeSuffix}`;
}

/** `bars` of `prep[*]/bars[20]`: a slash inside a label is a part of the label. */
function ownName(pattern: string): string {
  const withoutLabel = pattern.replace(/\[[^[\]]*\]$/, '');
  return withoutLabel.replace(/^.*\](?=[^\]]*$)/s, '').replace(/^.*\//s, '');
}
