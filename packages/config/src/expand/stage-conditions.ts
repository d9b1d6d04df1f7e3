import { MillraceError, type StageCondition } from '@millrace/core';
import type { StageExpression } from '../condition/check-condition-names.ts';
import { type ReadCondition, readCondition } from '../condition/read-condition.ts';
import { isHanded } from '../interpolate/handed-name.ts';
import { oneOf } from '../source/one-of.ts';
import type { Problem, Problems } from '../source/problems.ts';
import { type ConfigNode, childOf } from '../tree/config-node.ts';
import { toPlain } from '../tree/to-plain.ts';
import type { Filler } from './filler.ts';
import type { OuterCondition, PlannedStage } from './scope.ts';

/** Reads the conditions of stages: those of the pipelines around a stage, then its own. */
export class StageConditions {
  readonly #problems: Problems;
  readonly #unfilled: ReadonlySet<ConfigNode>;
  /** A condition around a pipeline is worked out once for all its stages. */
  readonly #outer = new Map<OuterCondition, Promise<StageCondition | undefined>>();
  /** The expressions of stages, whose inputs are known only with their classes. */
  readonly expressions: StageExpression[] = [];

  constructor(problems: Problems, unfilled: ReadonlySet<ConfigNode>) {
    this.#problems = problems;
    this.#unfilled = unfilled;
  }

  /** Undefined for a stage that always runs. */
  async of({ id, entry, scope }: PlannedStage): Promise<StageCondition | undefined> {
    for (const outer of scope.conditions) {
      const known = this.#outer.get(outer) ?? this.#aroundPipeline(outer);
      this.#outer.set(outer, known);
      const condition = await known;
      // What skips the pipeline skips each of its stages, whatever these say.
      if (condition !== undefined) return condition;
    }
    const node = childOf(entry.value, 'when');
    if (node === undefined || this.#unfilled.has(node)) return undefined;
    const path = ['stages', id, 'when'];
    const owner = `stage ${JSON.stringify(id)}`;
    const read = await readCondition({ node, path, owner }, this.#problems);
    if (read?.expression !== undefined) {
      this.expressions.push({ expression: read.expression, node, path, stageId: id });
    }
    return read?.condition;
  }

  /** The condition when it does not hold: the params of a pipeline inside are known from the start. */
  async #aroundPipeline({
    node,
    path,
    stageId,
    filler,
  }: OuterCondition): Promise<StageCondition | undefined> {
    if (this.#unfilled.has(node)) return undefined;
    const owner = `stage ${JSON.stringify(stageId)}`;
    const refuse = (more: Pick<Problem, 'message' | 'expected' | 'help'>): undefined => {
      this.#problems.report({ code: 'CONDITION_INVALID', at: node.span, path, ...more });
    };
    const read = await readCondition({ node, path, owner }, this.#problems);
    if (read === undefined) return undefined;
    const { condition } = read;
    if (!condition.isConstant) {
      return refuse({
        message: `the condition of ${owner} asks for inputs, which a pipeline has none of`,
        help: 'ask for params of the pipeline, or put the condition on its stages',
      });
    }
    try {
      const params = plainParams(filler.values);
      if (condition.holds({ params, inputs: {} })) return undefined;
      return { ...condition, holds: () => false };
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      const message = `the condition ${condition.text} of ${owner} cannot be evaluated: ${error.message}`;
      return refuse({
        message,
        ...(missingParam(read, filler, this.#problems) ?? { help: error.help }),
      });
    }
  }
}

/** A param that a pipeline does not have is looked for among those that it has. */
function missingParam(
  { expression }: ReadCondition,
  { values }: Filler,
  problems: Problems,
): Pick<Problem, 'expected' | 'help'> | undefined {
  const known = [...values.keys()].filter((name) => !isHanded(name));
  const missing = expression?.params.find(({ name }) => !known.includes(name));
  if (missing === undefined) return undefined;
  return {
    expected: oneOf(known),
    help: problems.suggest(missing.name, known) ?? 'declare it under `params:` of that pipeline',
  };
}

function plainParams(values: ReadonlyMap<string, ConfigNode | undefined>): object {
  return Object.fromEntries(
    [...values].flatMap(([name, node]) => (node === undefined ? [] : [[name, toPlain(node)]])),
  );
}
