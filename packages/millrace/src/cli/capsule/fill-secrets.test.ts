import { expect, test } from '@jest/globals';
import { fillSecrets } from './fill-secrets.ts';

const ENV = { TOKEN: 'abc', PIN: '904817', LIST: '["x"]', ON: 'true' };

/** How a config writes a secret. */
function named(name: string): string {
  return `\${secret:${name}}`;
}

function filled(
  params: unknown,
  secrets: readonly (readonly [string, string])[],
): { readonly params: unknown; readonly hidden: readonly string[] } {
  const hidden: string[] = [];
  const hide = (values: readonly string[]): void => void hidden.push(...values);
  return { params: fillSecrets(params, { stage: 's', secrets, env: ENV, hide }), hidden };
}

test('a secret takes the place of its name, alone and inside a text', () => {
  const params = { auth: { token: `Bearer ${named('TOKEN')}` }, list: [1, named('TOKEN')] };
  const secrets = [
    ['with.auth.token', `Bearer ${named('TOKEN')}`],
    ['with.list[1]', named('TOKEN')],
  ] as const;
  expect(filled(params, secrets)).toEqual({
    params: { auth: { token: 'Bearer abc' }, list: [1, 'abc'] },
    hidden: ['abc', 'abc'],
  });
});

test('a secret with a type is read as the config reads it', () => {
  const params = {
    pin: named('PIN|int'),
    list: named('LIST|json'),
    on: named('ON|boolean'),
  };
  const secrets = Object.entries(params).map(([name, text]) => [`with.${name}`, text] as const);
  expect(filled(params, secrets).params).toEqual({ pin: 904817, list: ['x'], on: true });
});

test('a text of this form that is no secret stays', () => {
  const params = { note: named('TOKEN'), other: 'changed' };
  expect(filled(params, [['with.other', named('TOKEN')]])).toEqual({ params, hidden: [] });
});

test('a secret that is not set is named with its place', () => {
  expect(() => filled({ a: named('NONE') }, [['with.a', named('NONE')]])).toThrow(
    'with.a of stage "s" is made of the secret NONE, which is not set',
  );
});
