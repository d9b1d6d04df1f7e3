export type { BinaryType } from './binary-value.ts';
export { CODEC_ERRORS } from './codec-errors.ts';
export { type CorruptReason, type CorruptValue, decodeValue } from './decode-value.ts';
export { encodeValue } from './encode-value.ts';
export {
  CODEC_VERSION,
  type EncodedBytes,
  type EncodedText,
  type EncodedValue,
  hashOf,
} from './encoded-value.ts';
export { MAX_HOLES } from './holey-array.ts';
export { sealValue } from './seal-value.ts';
export type { SealedValue, ValueKind } from './sealed-value.ts';
export { MAX_DEPTH } from './sealer.ts';
export { fromShortForm, shortForm } from './short-value.ts';
export { soundValue } from './sound-value.ts';
export { tryEncode } from './try-encode.ts';
export type { UnstorableReason, UnstorableValue } from './unstorable-value.ts';
export { viewValue } from './view-value.ts';
