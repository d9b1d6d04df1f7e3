export type { CallResult } from './circuit-breaker.ts';
export type { Hold } from './hold.ts';
export type { LimitAnswer, LimitLane, LimitSlots } from './limit-lane.ts';
export { LimitPools } from './limit-pools.ts';
export type { CircuitHold, LimitUser } from './limit-request.ts';
