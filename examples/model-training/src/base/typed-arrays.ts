import { z } from './schema.ts';

type Tag = 'Float64Array' | 'Int32Array' | 'Int8Array';

/** By its tag, since a value may come from another realm, whose classes are others. */
const typed = <T extends ArrayBufferView>(tag: Tag) =>
  z.custom<T>((value) => Object.prototype.toString.call(value) === `[object ${tag}]`, {
    error: `must be a ${tag}`,
  });

export const Floats = typed<Float64Array>('Float64Array');
export const Rows = typed<Int32Array>('Int32Array');
export const Signs = typed<Int8Array>('Int8Array');
