import type { CheckpointStore } from './checkpoint-store.ts';

export type StoreMethod = Exclude<
  keyof CheckpointStore,
  'name' | 'groupsCommits' | 'keepsShortValues'
>;

type CallOf<Method extends StoreMethod> = {
  readonly method: Method;
  readonly args: Readonly<Parameters<CheckpointStore[Method]>>;
};

/** One call of a store's method. */
export type StoreCall = { [Method in StoreMethod]: CallOf<Method> }[StoreMethod];

const WRITING: ReadonlySet<StoreMethod> = new Set<StoreMethod>([
  'createRun',
  'acquireRun',
  'renewLease',
  'releaseRun',
  'commit',
  'saveValue',
  'sendSignal',
  'deleteRun',
  'sweep',
]);

/** Whether the call may change what is stored. */
export function isWrite(call: StoreCall): boolean {
  return WRITING.has(call.method);
}
