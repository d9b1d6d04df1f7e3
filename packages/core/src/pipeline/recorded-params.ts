import { decodeValue } from '../base/codec/index.ts';
import type { BoundStage } from './bound-stage.ts';

/** Params as the store gives them back, with names where there are secrets. */
export function recordedParams({ params }: BoundStage): unknown {
  const decoded = params.recorded && decodeValue(params.recorded);
  return decoded?.ok === true ? decoded.value.value : {};
}
