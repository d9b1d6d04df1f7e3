import { describe, expect, it } from '@jest/globals';
import { invariant } from '../base/invariant.ts';
import { applyUpdate, type UpdatableKeys, type UpdatedKey } from './apply-update.ts';
import { replayPatches } from './replay-patches.ts';
import { sealed, updatable } from './testing-local/sealed.ts';

// biome-ignore lint/suspicious/noExplicitAny: a recipe sees whatever the test put in.
type Open = any;

function update(keys: UpdatableKeys, recipe: (draft: Open) => unknown): readonly UpdatedKey[] {
  const result = applyUpdate(keys, recipe as (draft: never) => unknown);
  invariant(result.ok, 'the update of a test was refused');
  return result.value;
}

function only(updates: readonly UpdatedKey[]): UpdatedKey {
  expect(updates).toHaveLength(1);
  return updates[0] as UpdatedKey;
}

describe('applyUpdate', () => {
  it('keeps a change of plain data as patches relative to its key', () => {
    const keys = updatable({ stats: { seen: 1, names: ['a'], deep: { x: { y: 1 } } }, other: 1 });
    const changed = only(
      update(keys, (draft: Open) => {
        draft.stats.seen = 2;
        draft.stats.names.push('b');
        draft.stats.deep.x.y++;
      }),
    );
    expect(changed.key).toBe('stats');
    expect(changed.value.value).toEqual({ seen: 2, names: ['a', 'b'], deep: { x: { y: 2 } } });
    expect(changed.patches?.value).toEqual([
      { op: 'replace', path: ['deep', 'x', 'y'], value: 2 },
      { op: 'add', path: ['names', 1], value: 'b' },
      { op: 'replace', path: ['seen'], value: 2 },
    ]);
  });

  it('shares what did not change with the value before, and freezes the rest', () => {
    const before = sealed({ big: { rows: [1, 2, 3] }, count: { n: 1 } });
    const { value } = only(
      update(new Map([['k', before]]), (draft: Open) => void draft.k.count.n++),
    );
    const old = before.value as Record<string, object>;
    const fresh = value.value as Record<string, object>;
    expect(fresh.big).toBe(old.big);
    expect(Object.isFrozen(fresh)).toBe(true);
    expect(Object.isFrozen(fresh.count)).toBe(true);
    expect(old.count).toEqual({ n: 1 });
  });

  it('keeps a key whole when its value was replaced or was absent before', () => {
    const keys = updatable({ list: [1] }, ['fresh']);
    const updates = update(keys, (draft: Open) => {
      draft.list = ['another'];
      draft.fresh = { n: 1 };
    });
    expect(updates.map(({ key, patches, value }) => [key, patches, value.value])).toEqual([
      ['list', undefined, ['another']],
      ['fresh', undefined, { n: 1 }],
    ]);
  });

  it('reports nothing for a recipe that changes nothing, or sets what was there', () => {
    const keys = updatable({ a: { n: 1 }, when: new Date(0), bytes: new Uint8Array([1]) });
    expect(update(keys, () => {})).toEqual([]);
    const asItWas = (draft: Open): void => {
      draft.a.n = 1;
    };
    expect(update(keys, asItWas)).toEqual([]);
    const toAndFro = (draft: Open): void => {
      draft.a.n = 2;
      draft.a.n = 1;
    };
    expect(update(keys, toAndFro)).toEqual([]);
  });

  it('sees changes inside a Date, a typed array and a Map, and of no other key', () => {
    const keys = updatable({
      when: { at: new Date(0) },
      bytes: new Uint8Array([1, 2]),
      seen: new Map([['a', { n: 1 }]]),
      untouched: new Set([1]),
    });
    const updates = update(keys, (draft: Open) => {
      draft.when.at.setTime(5);
      draft.bytes[0] = 9;
      draft.seen.get('a').n = 2;
    });
    expect(updates.map(({ key, patches, value }) => [key, patches, value.value])).toEqual([
      ['when', undefined, { at: new Date(5) }],
      ['bytes', undefined, new Uint8Array([9, 2])],
      ['seen', undefined, new Map([['a', { n: 2 }]])],
    ]);
  });

  it('never changes the values before, exotic ones included', () => {
    const keys = updatable({ when: new Date(0), seen: new Map([['a', [1]]]), plain: [1] });
    update(keys, (draft: Open) => {
      draft.when.setTime(5);
      draft.seen.get('a').push(2);
      draft.plain.push(2);
    });
    expect(keys.get('when')?.value).toEqual(new Date(0));
    expect(keys.get('seen')?.value).toEqual(new Map([['a', [1]]]));
    expect(keys.get('plain')?.value).toEqual([1]);
  });

  it('keeps a plain key whole once something that cannot be frozen is put into it', () => {
    const changed = only(
      update(updatable({ k: { a: 1 } }), (draft: Open) => {
        draft.k.at = new Date(7);
      }),
    );
    expect(changed.patches).toBeUndefined();
    expect(changed.value.exotic).toBe(true);
    expect(changed.value.value).toEqual({ a: 1, at: new Date(7) });
  });

  it('neither freezes nor keeps an object that the recipe puts in', () => {
    const mine = { rows: [1] };
    const keys = updatable({ k: { a: 1 }, whole: 1 });
    const updates = update(keys, (draft: Open) => {
      draft.k.mine = mine;
      draft.whole = mine;
    });
    mine.rows.push(2);
    expect(updates.map(({ value }) => value.value)).toEqual([
      { a: 1, mine: { rows: [1] } },
      { rows: [1] },
    ]);
  });

  it('refuses a key that is not declared, also one named by a symbol', () => {
    const keys = updatable({ a: 1 });
    const result = applyUpdate(keys, (draft: Open) => {
      draft.b = 1;
    });
    expect(result).toEqual({ ok: false, problem: { kind: 'undeclared', key: 'b' } });
    const odd = applyUpdate(keys, (draft: Record<symbol, unknown>) => {
      draft[Symbol('s')] = 1;
    });
    expect(odd).toEqual({ ok: false, problem: { kind: 'undeclared', key: 'Symbol(s)' } });
  });

  it('refuses to remove a key, and lets a part of it be removed', () => {
    const keys = updatable({ a: { b: 1, c: 2 } });
    const result = applyUpdate(keys, (draft: Open) => void delete draft.a);
    expect(result).toEqual({ ok: false, problem: { kind: 'removed', key: 'a' } });
    const changed = only(update(keys, (draft: Open) => void delete draft.a.b));
    expect(changed.value.value).toEqual({ c: 2 });
  });

  it('takes a key that is removed and set again', () => {
    const changed = only(
      update(updatable({ a: { n: 1 } }), (draft: Open) => {
        delete draft.a;
        draft.a = { n: 2 };
      }),
    );
    expect(changed.value.value).toEqual({ n: 2 });
  });

  it.each(['__proto__', 'constructor', 'toString', 'then', 'länge', 'with space', ''])(
    'treats the key %j like any other, before and within a value',
    (name) => {
      const inner = JSON.parse(`{${JSON.stringify(name)}:{"n":1}}`);
      const keys = new Map([
        [name, sealed(inner)],
        ['fresh', undefined],
      ]);
      const changed = only(update(keys, (draft: Open) => void draft[name][name].n++));
      expect(JSON.stringify(changed.value.value)).toBe(`{${JSON.stringify(name)}:{"n":2}}`);
      expect(changed.patches?.value).toEqual([{ op: 'replace', path: [name, 'n'], value: 2 }]);
      const absent = new Map([[name, undefined]]);
      const add = (draft: Open): void => {
        draft[name] = 7;
      };
      const added = only(update(absent, add));
      expect([added.key, added.value.value]).toEqual([name, 7]);
    },
  );

  it('tells the path of a value that cannot be stored', () => {
    const keys = updatable({ a: { b: [] }, absent: 1 });
    const result = applyUpdate(keys, (draft: Open) => {
      draft.a.b.push({ run: () => 1 });
    });
    expect(result).toMatchObject({
      ok: false,
      problem: { kind: 'unstorable', problem: { reason: 'function' } },
    });
    invariant(!result.ok && result.problem.kind === 'unstorable', 'expected a refusal');
    expect(result.problem.problem.path).toBe('a.b[0].run');
  });

  it('passes on what the recipe throws and ignores what it returns', () => {
    const keys = updatable({ a: [1] });
    const thrown = new Error('mine');
    expect(() =>
      applyUpdate(keys, () => {
        throw thrown;
      }),
    ).toThrow(thrown);
    const changed = only(update(keys, (draft: Open) => draft.a.push(2)));
    expect(changed.value.value).toEqual([1, 2]);
    expect(update(keys, () => ({ a: 'replaced' }))).toEqual([]);
  });

  it('refuses an asynchronous recipe, whose later changes would be lost', async () => {
    const keys = updatable({ a: [1] });
    const late = async (draft: Open): Promise<void> => {
      draft.a.push(2);
      await Promise.resolve();
      draft.a.push(3);
    };
    expect(() => applyUpdate(keys, late)).toThrow(
      expect.objectContaining({ code: 'UPDATE_ASYNC' }),
    );
    // The recipe's own rejection must not end the process.
    await new Promise(setImmediate);
    expect(keys.get('a')?.value).toEqual([1]);
  });

  it('closes the draft, so that a leaked one can change nothing later', () => {
    let leaked: Open = {};
    const keys = updatable({ a: { list: [1] } });
    const changed = only(
      update(keys, (draft: Open) => {
        leaked = draft.a;
        draft.a.list.push(2);
      }),
    );
    expect(() => leaked.list.push(3)).toThrow(TypeError);
    expect(changed.value.value).toEqual({ list: [1, 2] });
  });

  it('stands upon the update before when it is called again', () => {
    const keys = updatable({ log: ['a'] });
    for (const word of ['b', 'c', 'd']) {
      const changed = only(update(keys, (draft: Open) => draft.log.push(word)));
      expect(changed.patches).toBeDefined();
      keys.set('log', changed.value);
    }
    expect(keys.get('log')?.value).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives the same value again when its patches are replayed', () => {
    const before = { rows: [1, 2, 3, 4], by: { a: 1, b: 2 } };
    const changed = only(
      update(updatable({ k: before }), (draft: Open) => {
        draft.k.rows.splice(1, 2);
        draft.k.rows.unshift(0);
        delete draft.k.by.a;
        draft.k.by.c = [undefined, Number.NaN];
      }),
    );
    expect(replayPatches(sealed(before).value, changed.patches?.value)).toEqual(
      changed.value.value,
    );
    expect(changed.value.value).toEqual({
      rows: [0, 1, 4],
      by: { b: 2, c: [undefined, Number.NaN] },
    });
  });

  it('tells of an undeclared key also when it is only read, and lets a draft be printed', () => {
    const keys = updatable({ a: 1 });
    const read = applyUpdate(keys, ((draft: { b: { c: number } }) => {
      draft.b.c = 2;
    }) as never);
    expect(read).toEqual({ ok: false, problem: { kind: 'undeclared', key: 'b' } });
    let printed = '';
    applyUpdate(keys, ((draft: object) => {
      printed = JSON.stringify(draft);
    }) as never);
    expect(printed).toBe('{"a":1}');
  });
});
