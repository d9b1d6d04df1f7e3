import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { ancestorsMask, type CompactGraph, descendantsMask } from '../graph/index.ts';
import { declaredWrites } from './bound-stage.ts';
import { labelledKeys, type MissingInput } from './labelled-keys.ts';
import type { WirableStage } from './wiring.ts';

/** A hint costs a walk over the graph; past so many, the reader has seen what is wrong. */
const MOST_HINTS = 50;

interface MissingInputRequest {
  readonly graph: CompactGraph;
  readonly stages: readonly WirableStage[];
  readonly initialKeys: ReadonlySet<string>;
  readonly report: (diagnostic: Diagnostic) => void;
}

type Hint = Partial<Pick<Diagnostic, 'message' | 'path' | 'expected' | 'help' | 'related'>>;

/** Tells that nobody before a stage writes what it reads, and what its author may have meant. */
export class MissingInputs {
  readonly #request: MissingInputRequest;
  #hints = 0;

  constructor(request: MissingInputRequest) {
    this.#request = request;
  }

  /** @param writers those that write the key, none of them before the stage */
  report({ stage, name, key }: MissingInput, writers: readonly number[]): void {
    // Of a key that somebody writes the dependency is missing, and no name is wrong.
    const isRenamed = stage.reads.has(name) && writers.length === 0;
    const hint =
      this.#hints++ < MOST_HINTS ? this.#hintFor({ stage, name, key }, writers) : undefined;
    this.#request.report({
      code: 'INPUT_MISSING',
      severity: 'error',
      message: `stage ${JSON.stringify(stage.id)} reads ${JSON.stringify(key)}, which no stage before it writes`,
      path: ['stages', stage.id, ...(isRenamed ? ['reads', name] : [])],
      pointsAtKey: !isRenamed,
      help: 'give it under context:, list it in inputs:, or add a stage that writes it',
      ...hint,
    });
  }

  #hintFor(missing: MissingInput, writers: readonly number[]): Hint {
    const { graph } = this.#request;
    const { stage } = missing;
    const below = descendantsMask(graph, [stage.index]);
    const beside = writers.find((writer) => writer !== stage.index && below[writer] !== 1);
    const writer = beside ?? writers.find((other) => other !== stage.index);
    if (writer === undefined) {
      if (writers.length > 0)
        return { help: 'only the stage itself writes it: give a first value under context:' };
      return labelledKeys(missing, this.#request) ?? this.#nearHint(missing);
    }
    const id = graph.ids[writer] ?? '';
    const name = JSON.stringify(id);
    return {
      help:
        beside === undefined
          ? `stage ${name} writes it, but needs this stage: turn their order round, or give a first value under context:`
          : `stage ${name} writes it: add it to needs`,
      related: [{ message: 'writes it, but is not before it', path: ['stages', id] }],
      ...(beside === undefined ? {} : { path: ['stages', stage.id, 'needs'] }),
    };
  }

  #nearHint({ stage, key }: MissingInput): Hint {
    const help = didYouMean(key, this.#visibleKeys(stage.index));
    return help === undefined ? {} : { help };
  }

  #visibleKeys(reader: number): Iterable<string> {
    const { graph, stages, initialKeys } = this.#request;
    const mask = ancestorsMask(graph, [reader]);
    const keys = new Set(initialKeys);
    for (const stage of stages) {
      if (stage === undefined || mask[stage.index] !== 1) continue;
      for (const key of declaredWrites(stage)) keys.add(key);
    }
    return keys;
  }
}
