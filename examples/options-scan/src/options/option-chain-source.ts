import type { Day } from '../base/calendar.ts';
import type { Candidate } from './candidate.ts';
import type { OptionChain } from './option-chain.ts';

export interface ChainRequest {
  readonly candidate: Candidate;
  readonly asOf: Day;
  readonly signal: AbortSignal;
}

/** Where option chains come from. */
export interface OptionChainSource {
  /** How the result names it; one that is modelled says so. */
  readonly name: string;
  /** @throws ScanError CHAIN_UNAVAILABLE (worth another try) or CHAIN_INVALID */
  chain(request: ChainRequest): Promise<OptionChain>;
}
