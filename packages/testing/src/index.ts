export { type CaseRunner, type ConformanceCase, registerCases } from './conformance-case.ts';
export { FaultyStore, type StoreFault } from './faulty-store.ts';
export { InterceptedStore } from './intercepted-store.ts';
export { RecordingStore } from './recording-store.ts';
export { isWrite, type StoreCall, type StoreMethod } from './store-call.ts';
export { storeConformance } from './store-conformance/index.ts';
export type { OpenedStore, StoreSubject } from './store-conformance/store-subject.ts';
