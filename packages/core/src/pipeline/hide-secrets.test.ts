import { describe, expect, it } from '@jest/globals';
import { decodeValue } from '../base/codec/index.ts';
import { createTextRedactor } from '../base/secrets/index.ts';
import { z } from '../base/zod.ts';
import { bindParams } from './bind-params.ts';
import type { BoundParams } from './bound-stage.ts';

const SECRET = 'hunter2hunter2';
const { withoutSecrets: redact } = createTextRedactor([SECRET]);
const PLACE = { owner: 'stage "s"', path: ['stages', 's', 'with'], report: () => {} };

interface Recorded {
  readonly params: unknown;
  readonly isAsRead: boolean | undefined;
}

/** What is recorded of params whose `token` is the secret. */
function recorded(schema: z.ZodType | undefined, given: object = { token: SECRET }): Recorded {
  const texts = new Map([['with.token', 'the secret TOKEN']]);
  const bound: BoundParams | undefined = bindParams(schema, given, PLACE, { texts, redact });
  const decoded = bound?.recorded && decodeValue(bound.recorded);
  return {
    params: decoded?.ok === true ? decoded.value.value : undefined,
    isAsRead: bound?.isRecordedAsRead,
  };
}

describe('what is recorded of params with secrets', () => {
  it('has a text in the place of each, and what a schema copied of it taken out', () => {
    const schema = z.object({ token: z.string() }).transform(({ token }) => ({
      token,
      header: `Bearer ${token}`,
      login: { basic: Buffer.from(`me:${token}`).toString('base64'), [token]: 1 },
      window: 20,
    }));
    expect(recorded(schema)).toEqual({
      params: {
        token: 'the secret TOKEN',
        header: 'Bearer [secret]',
        login: { basic: expect.stringMatching(/^\w{0,4}\[secret\]$/), '[secret]': 1 },
        window: 20,
      },
      isAsRead: true,
    });
  });

  it.each([
    ['a Map', (token: string) => new Map([['at', token]])],
    ['bytes', (token: string) => Buffer.from(token)],
    ['a Set of lists', (token: string) => new Set([[token]])],
  ])('is what was written where a schema copied one into %s', (_, copy) => {
    const schema = z
      .object({ token: z.string() })
      .transform(({ token }) => ({ token, copy: copy(token) }));
    const { params, isAsRead } = recorded(schema);
    expect({ params, isAsRead }).toEqual({
      params: { token: 'the secret TOKEN' },
      isAsRead: false,
    });
  });

  it('has no value that is the same as a secret by chance, such as that of a variable', () => {
    const given = { token: SECRET, same: [`x-${SECRET}`], other: 'https://me:pw@example.com' };
    expect(recorded(undefined, given).params).toEqual({
      token: 'the secret TOKEN',
      same: ['x-[secret]'],
      // A password that is no secret still counts when it changes.
      other: 'https://me:pw@example.com',
    });
  });

  it('is as exact as without secrets where a stage has none', () => {
    const given = { when: new Date(5), list: [-0, undefined], shared: [{}] };
    const hash = (secrets?: Parameters<typeof bindParams>[3]): string | undefined =>
      bindParams(undefined, given, PLACE, secrets)?.hash;
    expect(hash({ texts: new Map(), redact })).toBe(hash());
  });

  it('tells changes of other params also where a secret is a word of its own name', () => {
    const { withoutSecrets: hide } = createTextRedactor(['TOKEN']);
    const texts = new Map([['with.token', 'the secret TOKEN']]);
    const hash = (window: number): string | undefined =>
      bindParams(undefined, { token: 'TOKEN', window }, PLACE, { texts, redact: hide })?.hash;
    expect(hash(20)).toBe(hash(20));
    expect(hash(20)).not.toBe(hash(30));
  });

  it('takes numbers for what they print as', () => {
    const numbers = createTextRedactor(['904817']);
    const texts = new Map();
    const bound = bindParams(undefined, { pins: [904_817, 904_818, 904_817n] }, PLACE, {
      texts,
      redact: numbers.withoutSecrets,
    });
    const decoded = bound?.recorded && decodeValue(bound.recorded);
    expect(decoded).toMatchObject({
      value: { value: { pins: ['[secret]', 904_818, '[secret]'] } },
    });
  });
});
