import { LogisticModel, logisticFault } from './logistic/logistic-model.ts';
import type { MetaModel } from './meta-model.ts';
import type { ModelBody } from './model-body.ts';
import { TreesModel, treesFault } from './trees/trees-model.ts';

/** The model that a body describes. The body must be sound: see {@link bodyFault}. */
export function modelOf(body: ModelBody): MetaModel {
  switch (body.kind) {
    case 'boosted-trees':
      return new TreesModel(body);
    case 'logistic':
      return new LogisticModel(body);
    default:
      return body satisfies never;
  }
}

/** What keeps a body, well-formed as it is, from being a model; undefined if nothing. */
export function bodyFault(body: ModelBody): string | undefined {
  return body.kind === 'logistic' ? logisticFault(body) : treesFault(body);
}
