import type { Samples } from '../validation/samples.ts';

/** The same samples in memory that all threads see, so that a fit on another thread copies none of them. */
export function shareSamples(samples: Samples): Samples {
  const { features, labels, weights, starts, ends } = samples;
  return {
    features: { names: features.names, columns: features.columns.map(sharedFloats) },
    labels: new Uint8Array(sharedBytes(labels)),
    weights: sharedFloats(weights),
    starts: new Int32Array(sharedBytes(starts)),
    ends: new Int32Array(sharedBytes(ends)),
  };
}

const sharedFloats = (column: Float64Array): Float64Array => new Float64Array(sharedBytes(column));

function sharedBytes(column: ArrayBufferView): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(column.byteLength);
  new Uint8Array(shared).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return shared;
}
