import type { ConfigNode, MapEntry, MapNode } from '../../tree/config-node.ts';
import { describeNode } from '../../tree/describe-node.ts';
import type { Filler } from '../filler.ts';
import type { Combination, ExpansionKind } from './combination.ts';
import { readForeach } from './read-foreach.ts';
import { readMatrix } from './read-matrix.ts';
import type { MatrixContext } from './read-variables.ts';

/** What a stage is repeated for. */
export interface Combinations {
  readonly kind: ExpansionKind;
  readonly all: readonly Combination[];
}

interface CombinationsContext extends Omit<MatrixContext, 'path'> {
  /** Of the stage, in the whole config. */
  readonly id: string;
  readonly filler: Filler;
}

/** Whether a stage is written once for several instances. */
export function isRepeated(body: MapNode): boolean {
  return body.entries.has('matrix') || body.entries.has('foreach');
}

/** Undefined when something was reported. */
export function readCombinations(
  body: MapNode,
  context: CombinationsContext,
): Combinations | undefined {
  const matrix = body.entries.get('matrix');
  const foreach = body.entries.get('foreach');
  if (matrix !== undefined && foreach !== undefined) {
    reportBoth(matrix, foreach, context);
    return undefined;
  }
  const kind = matrix === undefined ? 'foreach' : 'matrix';
  const written = (matrix ?? foreach)?.value;
  if (written === undefined) return undefined;
  const path = ['stages', context.id, kind];
  const filled = context.filler.fill(path, written);
  if (context.unfilled.has(filled)) return undefined;
  if (filled.kind !== 'map') {
    reportType(filled, kind, context);
    return undefined;
  }
  const read = kind === 'matrix' ? readMatrix : readForeach;
  const all = read(filled, { ...context, path });
  return all && { kind, all };
}

function reportBoth(
  matrix: MapEntry,
  foreach: MapEntry,
  { id, problems }: CombinationsContext,
): void {
  problems.report({
    code: 'MATRIX_AND_FOREACH',
    message: `stage ${JSON.stringify(id)} has both \`matrix\` and \`foreach\``,
    at: foreach.keySpan,
    path: ['stages', id, 'foreach'],
    help: 'matrix is for all combinations of its lists, foreach goes through them in step',
    related: [{ message: 'the matrix', at: matrix.keySpan }],
  });
}

function reportType(
  node: ConfigNode,
  kind: ExpansionKind,
  { id, problems }: CombinationsContext,
): void {
  problems.report({
    code: 'CONFIG_TYPE',
    message: `${kind} of stage ${JSON.stringify(id)} must be a map from variables to lists`,
    at: node.span,
    path: ['stages', id, kind],
    got: describeNode(node),
    help: `${kind}: { symbol: [SPY, QQQ] }`,
  });
}
