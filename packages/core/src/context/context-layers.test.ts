import { describe, expect, it } from '@jest/globals';
import type { Cell } from './cell.ts';
import { ContextLayers, INITIAL_WRITER } from './context-layers.ts';
import { sealed } from './testing-local/sealed.ts';

const AWKWARD = ['__proto__', 'constructor', 'toString', 'then', 'ключ', 'with space', ''];

function cell(key: string, value: unknown): Cell {
  return { key, sealed: sealed(value), hash: JSON.stringify(value) };
}

describe('ContextLayers', () => {
  it('forgets a writer that is removed, and nothing of the others', () => {
    const layers = new ContextLayers([cell('a', 0)]);
    layers.add(3, [cell('a', 3), cell('b', 3)]);
    layers.add(5, [cell('a', 5)]);
    layers.remove(3);
    expect([...layers.writtenKeys()]).toEqual(['a']);
    expect(layers.writersOf('a')).toEqual([5]);
    expect([layers.layer(3), layers.cell(3, 'b')]).toEqual([[], undefined]);
    layers.remove(4);
    expect(layers.writersOf('a')).toEqual([5]);
  });

  it('keeps what each writer wrote apart, the initial context included', () => {
    const layers = new ContextLayers([cell('a', 0)]);
    layers.add(3, [cell('a', 3), cell('b', 3)]);
    layers.add(1, [cell('a', 1)]);
    expect(layers.cell(INITIAL_WRITER, 'a')?.sealed.value).toBe(0);
    expect(layers.cell(3, 'a')?.sealed.value).toBe(3);
    expect(layers.cell(1, 'a')?.sealed.value).toBe(1);
    expect(layers.cell(1, 'b')).toBeUndefined();
    expect(layers.cell(2, 'a')).toBeUndefined();
    expect(layers.layer(3).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(layers.layer(0)).toEqual([]);
  });

  it('tells the writers of a key in the order of commit, without the initial context', () => {
    const layers = new ContextLayers([cell('a', 0)]);
    expect(layers.writersOf('a')).toEqual([]);
    layers.add(3, [cell('a', 3)]);
    layers.add(1, [cell('a', 1)]);
    expect(layers.writersOf('a')).toEqual([3, 1]);
    expect(layers.writersOf('gone')).toEqual([]);
    expect([...layers.initialKeys()]).toEqual(['a']);
    expect([...layers.writtenKeys()]).toEqual(['a']);
  });

  it.each(AWKWARD)('treats the key %j like any other', (key) => {
    const layers = new ContextLayers([]);
    expect(layers.cell(INITIAL_WRITER, key)).toBeUndefined();
    expect(layers.writersOf(key)).toEqual([]);
    layers.add(0, [cell(key, 'written')]);
    expect(layers.cell(0, key)?.sealed.value).toBe('written');
    expect(layers.writersOf(key)).toEqual([0]);
  });
});
