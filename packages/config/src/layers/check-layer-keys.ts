import type { PathSegment } from '@millrace/core';
import { pipelineNames, SHARED_FIELDS } from '../shape/choose-pipeline.ts';
import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import { suggestName } from '../source/suggest-name.ts';
import { childOf, type MapNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';

interface KeysContext {
  /** The file with its bases. */
  readonly root: MapNode;
  readonly problems: Problems;
}

/** Refuses keys of an environment that have no counterpart in the file: it is one pipeline, or has several. */
export function checkLayerKeys(
  layer: MapNode,
  path: readonly PathSegment[],
  context: KeysContext,
): void {
  if (context.root.entries.has('pipelines')) checkShared(layer, path, context);
  else refusePipelines(layer, path, context);
}

function refusePipelines(
  layer: MapNode,
  path: readonly PathSegment[],
  { problems }: KeysContext,
): void {
  const entry = layer.entries.get('pipelines');
  if (entry === undefined) return;
  problems.report({
    code: 'PIPELINES_MISSING',
    message: 'an environment has `pipelines`, but the file is one pipeline',
    at: entry.keySpan,
    path: [...path, 'pipelines'],
    help: 'write its values without `pipelines`',
  });
}

function checkShared(
  layer: MapNode,
  path: readonly PathSegment[],
  { root, problems }: KeysContext,
): void {
  const allowed = ['pipelines', ...SHARED_FIELDS];
  for (const [key, { keySpan }] of layer.entries) {
    if (allowed.includes(key)) continue;
    problems.report({
      code: 'CONFIG_UNKNOWN_KEY',
      message: `${JSON.stringify(key)} cannot hold for all pipelines of the file`,
      at: keySpan,
      path: [...path, key],
      expected: `one of ${allowed.join(', ')}`,
      help: suggestName(key, allowed) ?? 'put it under `pipelines:` and the name of a pipeline',
    });
  }
  const pipelines = childOf(layer, 'pipelines');
  if (pipelines === undefined) return;
  if (pipelines.kind !== 'map') {
    problems.report({
      code: 'PIPELINES_WRONG_TYPE',
      message: '`pipelines` must be a map from names to pipelines',
      at: pipelines.span,
      path: [...path, 'pipelines'],
      got: describeNode(pipelines),
    });
    return;
  }
  const known = pipelineNames(root);
  for (const [name, { keySpan, value }] of pipelines.entries) {
    if (value.kind !== 'map') {
      problems.report({
        code: 'PIPELINES_WRONG_TYPE',
        message: `what an environment says of the pipeline ${JSON.stringify(name)} must be a map`,
        at: value.span,
        path: [...path, 'pipelines', name],
        got: describeNode(value),
      });
    }
    if (known.includes(name)) continue;
    problems.report({
      code: 'PIPELINE_UNKNOWN',
      message: `there is no pipeline ${JSON.stringify(name)}`,
      at: keySpan,
      path: [...path, 'pipelines', name],
      expected: oneOf(known),
      help: suggestName(name, known),
    });
  }
}
