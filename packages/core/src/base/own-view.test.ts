import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ownView } from './own-view.ts';

interface Shown {
  readonly name: string;
  readonly size: number;
}

class Held implements Shown {
  readonly secret = 'hidden';
  readonly #size: number;
  asked = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get name(): string {
    return 'held';
  }

  get size(): number {
    this.asked++;
    return this.#size;
  }

  [inspect.custom](): unknown {
    return { name: this.name };
  }
}

const view = ownView<Shown>(['name', 'size']);

describe('a stand-in', () => {
  test('shows the named properties as its own, and no others', () => {
    const shown = view(new Held(3));
    const { name, ...rest } = shown;
    expect([name, rest]).toEqual(['held', { size: 3 }]);
    expect(Object.keys(shown)).toEqual(['name', 'size']);
    expect({ ...shown }).toEqual({ name: 'held', size: 3 });
    expect('secret' in shown).toBe(false);
    expect(Reflect.get(shown, 'secret')).toBeUndefined();
    expect(Object.getOwnPropertyDescriptor(shown, 'secret')).toBeUndefined();
  });

  test('works a property out when it is asked for', () => {
    const held = new Held(3);
    const shown = view(held);
    expect(held.asked).toBe(0);
    expect([shown.size, held.asked]).toEqual([3, 1]);
  });

  test('is an ordinary object to whoever asks what it is', () => {
    const shown = view(new Held(3));
    expect(Object.getPrototypeOf(shown)).toBe(Object.prototype);
    expect(String(shown)).toBe('[object Object]');
    expect('toString' in shown).toBe(true);
    expect(inspect(shown)).toBe("{ name: 'held' }");
  });

  test('cannot be changed', () => {
    const held = new Held(3);
    const shown = view(held);
    const changes = [
      () => Object.assign(shown, { name: 'x' }),
      () => Object.assign(shown, { other: 1 }),
      () => Object.defineProperty(shown, 'name', { value: 'x' }),
      () => delete (shown as { name?: string }).name,
      () => Object.freeze(shown),
      () => Object.setPrototypeOf(shown, null),
    ];
    for (const change of changes) expect(change).toThrow(TypeError);
    expect({ ...shown }).toEqual({ name: 'held', size: 3 });
    expect(Object.keys(held)).toEqual(['secret', 'asked']);
  });
});
