// biome-ignore-all lint/suspicious/noThenProperty: thenables are the cases under test
import { describe, expect, it } from '@jest/globals';
import { whenSettled } from './when-settled.ts';

interface Heard {
  readonly fulfilled: unknown[];
  readonly rejected: unknown[];
}

function raise(error: unknown): never {
  throw error;
}

async function hear(call: () => unknown): Promise<Heard> {
  const heard = listen(call);
  await new Promise((resolve) => setImmediate(resolve));
  return heard;
}

function listen(call: () => unknown): Heard {
  const heard: Heard = { fulfilled: [], rejected: [] };
  whenSettled(
    call,
    (value) => void heard.fulfilled.push(value),
    (reason) => void heard.rejected.push(reason),
  );
  return heard;
}

describe('whenSettled', () => {
  it('calls back at once with a value that is no promise, and with what was thrown', () => {
    expect(listen(() => 5)).toEqual({ fulfilled: [5], rejected: [] });
    expect(listen(() => raise('no error'))).toEqual({ fulfilled: [], rejected: ['no error'] });
  });

  it('waits for promises and for thenables', async () => {
    expect(await hear(async () => 5)).toEqual({ fulfilled: [5], rejected: [] });
    expect(await hear(() => Promise.reject(6))).toEqual({ fulfilled: [], rejected: [6] });
    const thenable = { then: (resolve: (value: number) => void) => resolve(7) };
    expect(await hear(() => thenable)).toEqual({ fulfilled: [7], rejected: [] });
  });

  it('takes a plain `then` for a value', () => {
    const value = { then: 'tea' };
    expect(listen(() => value).fulfilled).toEqual([value]);
  });

  it('hears a thenable once, however often it calls', async () => {
    const often = {
      then: (resolve: (value: number) => void, reject: (reason: number) => void) => {
        resolve(1);
        resolve(2);
        reject(3);
        raise(4);
      },
    };
    expect(await hear(() => often)).toEqual({ fulfilled: [1], rejected: [] });
  });

  it('hears nothing from a thenable that never calls', async () => {
    expect(await hear(() => ({ then: () => undefined }))).toEqual({ fulfilled: [], rejected: [] });
  });

  it('hears a promise whose own `then` was replaced once', async () => {
    const twice = Promise.resolve(0);
    Object.defineProperty(twice, 'then', {
      value: (resolve: (value: number) => void) => {
        resolve(1);
        resolve(2);
      },
    });
    expect(await hear(() => twice)).toEqual({ fulfilled: [1], rejected: [] });
  });

  it('takes the error of a promise subclass whose `then` throws for a rejection', async () => {
    class Odd extends Promise<number> {
      override then(): never {
        throw new RangeError('odd');
      }
    }
    const heard = await hear(() => new Odd(() => undefined));
    expect(heard).toEqual({ fulfilled: [], rejected: [new RangeError('odd')] });
  });

  it('survives proxies and getters that throw', () => {
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new RangeError('get');
        },
        getPrototypeOf() {
          throw new RangeError('getPrototypeOf');
        },
      },
    );
    expect(listen(() => hostile).fulfilled).toHaveLength(1);
  });
});
