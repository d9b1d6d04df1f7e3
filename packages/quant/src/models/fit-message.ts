import type { Samples } from '../validation/samples.ts';
import type { ModelSpec } from './fit-body.ts';
import type { FitRound } from './fit-round.ts';
import type { ModelBody } from './model-body.ts';

/** What a training thread is asked. */
export interface FitRequest {
  readonly samples: Samples;
  readonly rows: Int32Array;
  readonly spec: ModelSpec;
  /** Whether it is to tell of each round. */
  readonly tellsRounds: boolean;
}

/** What it answers, once. An error crosses as its parts: its class would be lost. */
export type FitAnswer =
  | { readonly ok: true; readonly body: ModelBody }
  | { readonly ok: false; readonly code: string | undefined; readonly message: string };

/** What it sends: rounds, if they are wanted, and then the answer. */
export type FitReply = { readonly round: FitRound } | FitAnswer;
