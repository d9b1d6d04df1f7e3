import type { AttemptScope } from '../attempt/index.ts';
import type { Logger } from '../base/logger.ts';
import type { ItemScope } from '../stage/index.ts';
import type { ItemLife, ListedItem } from './item-life.ts';

interface ItemTry {
  readonly itemTry: number;
  readonly life: ItemLife;
}

/** What `runItem` gets. Its properties are its own and enumerable, so that it may be taken apart. */
export function itemScope(
  scope: AttemptScope,
  { key, index, itemHash }: ListedItem,
  { itemTry, life }: ItemTry,
): ItemScope<unknown, unknown> {
  let logger: Logger | undefined;
  let idempotencyKey: string | undefined;
  return {
    runId: scope.runId,
    stageId: scope.stageId,
    attempt: scope.attempt,
    params: scope.params,
    inputs: scope.inputs,
    artifacts: scope.artifacts,
    key,
    index,
    itemTry,
    get signal() {
      return life.signal;
    },
    get idempotencyKey() {
      idempotencyKey ??= scope.idempotencyKeyOf({ key, itemHash });
      return idempotencyKey;
    },
    get logger() {
      logger ??= scope.logger.child({ item: key });
      return logger;
    },
  };
}
