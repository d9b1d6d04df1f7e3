import { childOf, type MapNode } from '../../tree/config-node.ts';
import type { FillSources } from '../filler.ts';
import type { Scope } from '../scope.ts';
import { checkPipelineStage } from './check-pipeline-stage.ts';
import type { SubPipeline, SubPipelines } from './sub-pipelines.ts';

/** Pipelines inside each other any deeper are a mistake. */
const MAX_DEPTH = 20;

interface PipelineStage {
  readonly scope: Scope;
  readonly id: string;
  /** Its placeholders filled in. */
  readonly body: MapNode;
}

/** The pipeline that a stage stands for; undefined when something was reported. */
export async function findPipeline(
  { scope, id, body }: PipelineStage,
  pipelines: SubPipelines,
  { problems, unfilled }: Pick<FillSources, 'problems' | 'unfilled'>,
): Promise<SubPipeline | undefined> {
  if (!checkPipelineStage(id, body, { problems, unfilled })) return undefined;
  const node = childOf(body, 'pipeline');
  if (node?.kind !== 'scalar') return undefined;
  const path = ['stages', id, 'pipeline'];
  const pipeline = await pipelines.find({ node, path }, scope.home);
  if (pipeline === undefined) return undefined;
  const at = node.span;
  if (isEmpty(pipeline)) {
    const message = `the pipeline of stage ${JSON.stringify(id)} has no stages`;
    problems.report({ code: 'PIPELINE_EMPTY', message, at, path });
    return undefined;
  }
  const { trail } = scope;
  const first = trail.findIndex(({ key }) => key === pipeline.key);
  if (first === -1 && trail.length <= MAX_DEPTH) return pipeline;
  const circle = first === -1 ? trail.slice(-2) : trail.slice(first);
  problems.report({
    code: first === -1 ? 'PIPELINE_TOO_DEEP' : 'PIPELINE_CYCLE',
    message:
      first === -1
        ? `pipelines stand inside each other more than ${MAX_DEPTH} deep`
        : 'pipelines stand inside each other in a circle',
    at,
    path,
    got: [...circle, pipeline].map((each) => pipelines.shown(each)).join(' -> '),
    help: 'take this one out',
  });
  return undefined;
}

/** One without a section of stages was refused already. */
function isEmpty({ tree }: SubPipeline): boolean {
  const stages = childOf(tree, 'stages');
  return stages?.kind === 'map' && stages.entries.size === 0;
}
