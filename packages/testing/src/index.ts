export { type CaseRunner, type ConformanceCase, registerCases } from './conformance-case.ts';
export { FaultyStore, type StoreFault } from './faulty-store.ts';
export { RecordingStore } from './recording-store.ts';
export { storeConformance } from './store-conformance/index.ts';
export type { OpenedStore, StoreSubject } from './store-conformance/store-subject.ts';
