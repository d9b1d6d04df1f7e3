import { expect, test } from '@jest/globals';
import { ConfigSource } from '../source/config-source.ts';
import { expressionSpan } from './expression-span.ts';

function blamed(
  spelling: string,
  text: string,
  part: { readonly start: number; readonly end: number },
): string {
  const source = new ConfigSource('file', 'x.yaml', `when: ${spelling}\nmore`);
  const { start, end } = expressionSpan(source.span(6, 6 + spelling.length), text, part);
  return source.text.slice(start, end);
}

test.each([
  ['params.a == b', 'params.a == b', 12, 13, 'b'],
  ['"params.a == b"', 'params.a == b', 12, 13, 'b'],
  ["'params.a == b'", 'params.a == b', 0, 8, 'params.a'],
  [String.raw`"\"x\" == params.a"`, '"x" == params.a', 7, 15, 'params.a'],
  ["'''x'' == params.a'", "'x' == params.a", 7, 15, 'params.a'],
])('%s is blamed at the part', (spelling, text, start, end, expected) => {
  expect(blamed(spelling, text, { start, end })).toBe(expected);
});

test('an expression that ends too early is blamed behind its end', () => {
  const source = new ConfigSource('file', 'x.yaml', 'when: "a =="');
  expect(expressionSpan(source.span(6, 12), 'a ==', { start: 4, end: 4 })).toMatchObject({
    start: 11,
    end: 11,
  });
});

test('a text that was made of placeholders is blamed whole', () => {
  expect(blamed(`params.a == \${b}`, 'params.a == 7x', { start: 12, end: 14 })).toBe(
    `params.a == \${b}`,
  );
});
