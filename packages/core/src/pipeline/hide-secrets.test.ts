import { describe, expect, it } from '@jest/globals';
import { hideSecrets as hide, secretsWithin } from './hide-secrets.ts';

const texts = (...paths: readonly string[]): ReadonlyMap<string, string> =>
  new Map(paths.map((path) => [path, `<${path}>`]));

function hideSecrets(params: unknown, found: ReadonlyMap<string, string>): unknown {
  return hide(params, { texts: found, redact: undefined });
}

describe('hideSecrets', () => {
  it('puts its text in the place of each secret, wherever that lies', () => {
    const params = { a: { token: 's1' }, list: ['x', { key: 's2' }], 'b.c': 's3', open: 1 };
    expect(hideSecrets(params, texts('with.a.token', 'with.list[1].key', 'with["b.c"]'))).toEqual({
      a: { token: '<with.a.token>' },
      list: ['x', { key: '<with.list[1].key>' }],
      'b.c': '<with["b.c"]>',
      open: 1,
    });
  });

  it('hides a whole object or list where that is the secret', () => {
    const params = { a: { token: 's1' }, list: ['s2'] };
    expect(hideSecrets(params, texts('with.a', 'with.list'))).toEqual({
      a: '<with.a>',
      list: '<with.list>',
    });
    expect(hideSecrets('s', texts('with'))).toBe('<with>');
  });

  it('changes nothing of what it was given, and keeps what is no plain data as it is', () => {
    const when = new Date(5);
    const params = { token: 's', when, at: new Map([[1, 2]]) };
    const hidden = hideSecrets(params, texts('with.token')) as typeof params;
    expect([params.token, hidden.when, hidden.at]).toEqual(['s', when, params.at]);
  });

  it('tells that a secret is somewhere else than at its place', () => {
    expect(hideSecrets({ other: 's' }, texts('with.token'))).toBeUndefined();
    expect(hideSecrets({ at: new Map([['token', 's']]) }, texts('with.at.token'))).toBeUndefined();
    expect(hideSecrets({ token: 's' }, texts('with.token', 'with.more'))).toBeUndefined();
  });

  it('takes names of objects for ordinary keys', () => {
    const params = JSON.parse('{"__proto__":{"token":"s"},"constructor":"s"}');
    const hidden = hideSecrets(params, texts('with.__proto__.token', 'with.constructor'));
    expect(JSON.stringify(hidden)).toBe(
      '{"__proto__":{"token":"<with.__proto__.token>"},"constructor":"<with.constructor>"}',
    );
  });
});

describe('secretsWithin', () => {
  const all = texts('with.token', 'fallback.with.key', 'without');

  it('gives those of the stage, or of its fallback by their path from there', () => {
    expect(secretsWithin(all, '').get('with.token')).toBe('<with.token>');
    expect([...secretsWithin(all, 'fallback.')]).toEqual([['with.key', '<fallback.with.key>']]);
    expect(secretsWithin(all, '').has('fallback.with.key')).toBe(false);
  });

  it('gives none where there are none', () => {
    expect(secretsWithin(undefined, '').size).toBe(0);
    expect(secretsWithin(new Map(), 'fallback.').size).toBe(0);
  });
});
