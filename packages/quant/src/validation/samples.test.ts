import { expect, test } from '@jest/globals';
import { featureTable } from '../features/feature-table.ts';
import { checkSamples, selectSamples } from './samples.ts';

const table = featureTable({ x: Float64Array.of(Number.NaN, 1, 2, 3) });

test('events in the warm-up are left out, and the others keep their columns together', () => {
  const samples = selectSamples(
    table,
    { index: new Int32Array([0, 1, 3]), end: new Int32Array([2, 2, 5]) },
    Uint8Array.of(1, 0, 1),
    Float64Array.of(0.1, 0.2, 0.3),
  );
  expect([...(samples.features.columns[0] ?? [])]).toEqual([1, 3]);
  expect([...samples.labels]).toEqual([0, 1]);
  expect([...samples.weights]).toEqual([0.2, 0.3]);
  expect([...samples.ends]).toEqual([2, 5]);
});

test('samples that cannot be learned from are refused with the row and why', () => {
  const good = {
    features: featureTable({ x: Float64Array.of(1, 2) }),
    labels: Uint8Array.of(0, 1),
    weights: Float64Array.of(1, 1),
    starts: new Int32Array([0, 1]),
    ends: new Int32Array([1, 1]),
  };
  const fault = (change: Partial<typeof good>) => () => checkSamples({ ...good, ...change });
  expect(fault({ labels: Uint8Array.of(0, 2) })).toThrow(
    'sample 1 .* its label is 2'.replace(' .* ', ' cannot be learned from: '),
  );
  expect(fault({ weights: Float64Array.of(1, Number.NaN) })).toThrow('its weight is NaN');
  expect(fault({ ends: new Int32Array([1, 0]) })).toThrow('starts at bar 1 and ends before, at 0');
  expect(fault({ starts: new Int32Array([1, 0]) })).toThrow('before the sample above it, at 1');
  expect(fault({ labels: Uint8Array.of(0) })).toThrow('column "weights" has 2 values');
});
