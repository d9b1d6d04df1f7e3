import {
  type FeatureImportance,
  type MetaModel,
  probabilityOf,
  requireRow,
  sharesOf,
} from '../meta-model.ts';
import type { TreesBody } from '../model-body.ts';

/** Gradient-boosted trees. A prediction walks flat arrays and allocates nothing. */
export class TreesModel implements MetaModel {
  readonly kind = 'boosted-trees';
  readonly body: TreesBody;
  readonly #roots: Int32Array;
  readonly #feature: Int32Array;
  readonly #threshold: Float64Array;
  readonly #left: Int32Array;
  readonly #value: Float64Array;

  constructor(body: TreesBody) {
    this.body = body;
    this.#roots = Int32Array.from(body.roots);
    this.#feature = Int32Array.from(body.feature);
    this.#threshold = Float64Array.from(body.threshold);
    this.#left = Int32Array.from(body.left);
    this.#value = Float64Array.from(body.value);
  }

  get features(): readonly string[] {
    return this.body.features;
  }

  get training(): TreesBody['training'] {
    return this.body.training;
  }

  predict(row: Readonly<Float64Array>): number {
    requireRow(row, this.body.features);
    const [feature, threshold, left] = [this.#feature, this.#threshold, this.#left];
    let logOdds = this.body.base;
    for (const root of this.#roots) {
      let node = root;
      for (let at = feature[node] as number; at >= 0; at = feature[node] as number) {
        const isRight = (row[at] as number) > (threshold[node] as number);
        node = (left[node] as number) + (isRight ? 1 : 0);
      }
      logOdds += this.#value[node] as number;
    }
    return probabilityOf(logOdds);
  }

  importance(): readonly FeatureImportance[] {
    return sharesOf(this.body.features, this.body.gains);
  }
}

/**
 * What is wrong with the columns of a body that came from a file; undefined if nothing. A tree with a loop would never
 * end, so children must come after their parents.
 */
export function treesFault(body: TreesBody): string | undefined {
  const { features, roots, feature, threshold, left, value, gains } = body;
  const nodes = feature.length;
  if ([threshold, left, value].some((column) => column.length !== nodes))
    return 'its columns of nodes differ in length';
  if (gains.length !== features.length) return 'it has not one gain per feature';
  if (roots.some((root) => root < 0 || root >= nodes)) return 'a tree begins outside of its nodes';
  const isBad = feature.some((splits, node) => {
    const child = left[node] as number;
    return splits >= features.length || (splits >= 0 && (child <= node || child + 1 >= nodes));
  });
  return isBad ? 'a node leads outside of its tree' : undefined;
}
