import { expect, test } from '@jest/globals';
import { redactJson } from './redact-json.ts';

const redact = (text: string): string => text.replaceAll(/hunter2|904817/g, '[secret]');

test('texts, numbers and names of keys are redacted, and what comes out is JSON', () => {
  const value = {
    a: 'x hunter2',
    list: [904817, 904818, { hunter2: { pin: 904817.5, deep: ['hunter2'] } }],
    nothing: [null, true, undefined],
    when: new Date(0),
  };
  expect(JSON.parse(redactJson(value, redact))).toEqual({
    a: 'x [secret]',
    list: ['[secret]', 904818, { '[secret]': { pin: '[secret].5', deep: ['[secret]'] } }],
    nothing: [null, true, null],
    when: '1970-01-01T00:00:00.000Z',
  });
});

test('without secrets it is the JSON of the value itself', () => {
  const value = { ['__proto__']: 1, b: [-0, 1e21, 'ü'], toJSON: () => ({ c: 1 }) };
  expect(redactJson(value, (text) => text)).toBe(JSON.stringify(value));
});
