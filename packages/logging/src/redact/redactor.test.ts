import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { createRedactor } from './redactor.ts';

const SECRET = 'p@ss/w+rd "x"&\\ü€';
const { text } = createRedactor([SECRET]);

const json = (value: string): string => JSON.stringify(value).slice(1, -1);
const base64 = (value: string): string => Buffer.from(value).toString('base64');

const FORMS: readonly (readonly [string, string])[] = [
  ['raw', SECRET],
  ['URL-encoded', encodeURIComponent(SECRET)],
  ['URL-encoded in lower case', encodeURIComponent(SECRET).toLowerCase()],
  ['partly URL-encoded', encodeURI(SECRET)],
  ['twice URL-encoded', encodeURIComponent(encodeURIComponent(SECRET))],
  ['form-encoded', new URLSearchParams({ a: SECRET }).toString().slice(2)],
  ['JSON-escaped', json(SECRET)],
  ['twice JSON-escaped', json(json(SECRET))],
  [
    'JSON with \\u escapes',
    json(SECRET).replaceAll(/[ü€&]/g, (s) => `\\u${s.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  ['JSON with escaped slashes', json(SECRET).replaceAll('/', '\\/')],
  ['HTML-escaped', SECRET.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
  ['base64', base64(SECRET)],
  ['base64url', Buffer.from(SECRET).toString('base64url')],
  ['URL-encoded base64', encodeURIComponent(base64(SECRET))],
  ['hex', Buffer.from(SECRET).toString('hex')],
  ['upper case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
];

describe('redactor.text', () => {
  it.each(FORMS)('finds a secret %s inside a longer text', (_, form) => {
    expect(text(`before=${form} after`)).toBe('before=[secret] after');
    expect(text(form + form)).not.toContain(form.slice(2, -2));
  });

  it.each(['u', 'us', 'use', 'user'])(
    'finds it in base64 behind "%s:", as Basic credentials',
    (user) => {
      const encoded = base64(`${user}:${SECRET}`);
      const shown = text(`Basic ${encoded}`);
      expect(shown).toContain('[secret]');
      const rest = shown.replace('Basic ', '').replace('[secret]', '');
      expect(base64(`${user}:`)).toContain(rest.replaceAll('=', '').slice(0, 3));
      expect(rest.length).toBeLessThanOrEqual(8);
    },
  );

  it('hides secrets that overlap, hold each other or overlap themselves', () => {
    expect(createRedactor(['abcdef', 'defghi']).text('-abcdefghi-')).toBe('-[secret]-');
    expect(createRedactor(['abcd', 'xabcdx']).text('-xabcdx-')).toBe('-[secret]-');
    expect(createRedactor(['anana']).text('banananas')).toBe('b[secret]s');
  });

  it('hides each line of a key of several lines', () => {
    const key = '-----BEGIN KEY-----\nMIIEvQIBADANBg\r\nkqhkiG9w0BAQEF\n-----END KEY-----\n';
    const redactor = createRedactor([key]);
    expect(redactor.text('read kqhkiG9w0BAQEF from disk')).toBe('read [secret] from disk');
    expect(redactor.text(JSON.stringify({ key }))).toBe('{"key":"[secret]"}');
  });

  it('leaves secrets of fewer than four characters alone, they would shred every line', () => {
    expect(createRedactor(['', 'a', 'abc']).text('abcabc')).toBe('abcabc');
    expect(createRedactor(['abcd']).text('abcd')).toBe('[secret]');
  });

  it('hides passwords and telling params in URLs, known or not', () => {
    const { text: plain } = createRedactor();
    expect(plain('connect postgres://ann:hunter2@db:5432/x failed')).toBe(
      'connect postgres://ann:[secret]@db:5432/x failed',
    );
    expect(plain('redis://:p@ss@host')).toBe('redis://:[secret]@host');
    expect(plain('GET https://a.org/x?page=2&access_token=abc&api-key=d#top')).toBe(
      'GET https://a.org/x?page=2&access_token=[secret]&api-key=[secret]#top',
    );
    expect(plain('https://a.org:8080/x@y?tokens=5')).toBe('https://a.org:8080/x@y?tokens=5');
  });

  it('follows a source that grows', () => {
    const secrets: string[] = [];
    const redactor = createRedactor(secrets);
    expect(redactor.text('late-secret')).toBe('late-secret');
    secrets.push('late-secret');
    expect(redactor.text('late-secret')).toBe('[secret]');
  });

  it('shows nothing when its source fails', () => {
    const redactor = createRedactor({
      values() {
        throw new RangeError('vault is sealed');
      },
    });
    expect(redactor.text('anything')).toBe('[withheld: the secrets could not be read]');
    expect(JSON.stringify(redactor.data({ a: 'anything' }))).not.toContain('anything');
  });

  it('never cuts a secret in half', () => {
    const redactor = createRedactor(['abcdefghij'], { textLength: 20 });
    for (let lead = 0; lead < 30; lead++) {
      const text = `${'-'.repeat(lead)}abcdefghij abcdefghij ${'-'.repeat(9_000)}`;
      expect(redactor.cutText(text)).toMatch(
        /^-*(?:\[secret\])? ?(?:\[secret\])?\.\.\. \[90\d\d more/,
      );
      expect(redactor.cutText(text)).not.toContain('ab');
    }
  });

  it('finds random secrets in random encodings', () => {
    const signs = [...'abcXYZ019 +/%&="\'\\<>:;@?#[](){}|^$*.\n\tüß€😀-_~'];
    const encoders = [String, json, encodeURIComponent, base64, (t: string) => json(json(t))];
    for (let seed = 1; seed <= 500; seed++) {
      const random = new SeededRandom(seed);
      const pick = <T>(from: readonly T[]): T => from[random.integer(from.length)] as T;
      const secret = `q${Array.from({ length: 4 + random.integer(20) }, () => pick(signs)).join('')}Q`;
      const encode = pick(encoders);
      const shown = createRedactor([secret]).text(`<< ${encode(secret)} >>`);
      expect({ seed, secret, shown }).toEqual({ seed, secret, shown: '<< [secret] >>' });
    }
  });

  it('is not slowed down by hostile secrets and texts', () => {
    const hostile = ['\\'.repeat(30), '\\"'.repeat(30), '%25'.repeat(30), '""""""""""', '&&&&&&&&'];
    const redactor = createRedactor(hostile.map((secret) => `${secret}!z`));
    const started = performance.now();
    for (const piece of ['\\', '\\"', '%25', '"', '&amp;', '://a:', '?token=']) {
      redactor.text(piece.repeat(20_000));
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
