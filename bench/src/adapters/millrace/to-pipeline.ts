import { type CodedStage, definePipeline, type ModelPipeline } from '@millrace/core';
import type { PlainNode } from '../../workloads/shapes.ts';
import type { Workload } from '../../workloads/workload.ts';
import { Combine, Gather, Grow, INPUT_NAMES } from './stages.ts';

/** The context key that a stage writes its number to. */
export function valueKey(id: string): string {
  return `value-${id}`;
}

function textKey(id: string): string {
  return `text-${id}`;
}

type Coded = CodedStage & { readonly id: string };

function plain({ id, needs }: PlainNode, place: number): Coded {
  const keys = needs.map(valueKey);
  const rest = { id, needs: [...needs], with: { place }, writes: { value: valueKey(id) } };
  if (keys.length > INPUT_NAMES.length) return { ...rest, stage: Gather, reads: { all: keys } };
  const reads = Object.fromEntries(keys.map((key, at) => [INPUT_NAMES[at], key]));
  return { ...rest, stage: Combine, reads };
}

function growing({ id, needs }: PlainNode, place: number): Coded {
  const [before] = needs;
  return {
    id,
    needs: [...needs],
    stage: Grow,
    with: { place },
    reads: before === undefined ? {} : { value: valueKey(before), text: textKey(before) },
    writes: { value: valueKey(id), text: textKey(id) },
  };
}

/** The pipeline as an author would write it in code, with every check that it gets. */
export function toPipeline({ name, kind, nodes }: Workload): ModelPipeline {
  return definePipeline({ name, stages: nodes.map(kind === 'growing' ? growing : plain) });
}
