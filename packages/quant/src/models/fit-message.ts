import type { Samples } from '../validation/samples.ts';
import type { ModelSpec } from './fit-body.ts';
import type { ModelBody } from './model-body.ts';

/** What a training thread is asked. */
export interface FitRequest {
  readonly samples: Samples;
  readonly rows: Int32Array;
  readonly spec: ModelSpec;
}

/** What it answers. An error crosses as its parts: its class would be lost. */
export type FitAnswer =
  | { readonly ok: true; readonly body: ModelBody }
  | { readonly ok: false; readonly code: string | undefined; readonly message: string };
