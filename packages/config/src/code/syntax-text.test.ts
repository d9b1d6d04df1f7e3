import { expect, test } from '@jest/globals';
import { syntaxText } from './syntax-text.ts';
import { parseModule } from './syntax-tree.ts';

const textOf = (source: string): string => syntaxText(parseModule(source, 'module'), () => {});

test.each([
  ['a = (b)', 'a=b;'],
  ['(a, b)', '((a), (b))'],
  ['x => x', '(x) => (x)'],
  ['async x => x', 'async (x,) => x'],
  ['({ a: 1, 0x10: 2, 1n: 3 })', "({ 'a': 1, '16': 2, '1': 3, })"],
  ['class A { a = 1; b() {} }', "class A { 'a' = 1\n; 'b'() {};; }"],
  ["import a from 'b' with { type: 'json' }", `import a from "b" with { 'type': "json", }`],
  ['/a/gi', '/a/ig'],
  ['0.5', '.5e0'],
  ["a = '\\u0061\\n'", 'a = "a\\\n\\n"'],
  ['a; export {}', 'a;'],
  ['switch (a) { case 1: b }', 'switch (a) { case (1):; b; }'],
  ['(a) = b', 'a = b'],
  ['(a.b) = () => {}', 'a.b = () => {}'],
  ['new A', 'new A()'],
  ['function f() { return a }', 'function f() { return (\n a\n ) }'],
])('%j and %j mean the same', (one, other) => {
  expect(textOf(one)).toBe(textOf(other));
});

test.each([
  ['1', "'1'"],
  ['1', '1n'],
  ['null', '1e999'],
  ['null', 'undefined'],
  ["'\\ud800'", "'\\ud801'"],
  ['/a/', "'/a/'"],
  ['/a/', '/a/u'],
  ['`a`', "'a'"],
  ['f`\\n`', 'f`\n`'],
  ['a?.b.c', '(a?.b).c'],
  ['(a, b)', 'a; b'],
  ['a - (b - c)', 'a - b - c'],
  ['[a, , b]', '[a, b]'],
  ['[, a]', '[a, ,]'],
  ["'use strict'", "('use strict')"],
  ['(a) = () => {}', 'a = () => {}'],
  ['[(a) = class {}] = []', '[a = class {}] = []'],
  ['({ a })', '({ [a]: a })'],
  ['({ __proto__: a })', "({ ['__proto__']: a })"],
  ['({ __proto__ })', '({ __proto__: __proto__ })'],
  ['class A { a }', 'class A { #a }'],
  ['class A { a() {} }', 'class A { static a() {} }'],
  ['class A { a() {} }', 'class A { get a() {} }'],
  ['if (a) ; else b', 'if (a) b'],
  ['export default function () {}', 'export default (function () {})'],
  ["import 'a'", "import * as a from 'a'"],
  ["export {} from 'a'", 'export {}'],
  ['() => {}', '() => ({})'],
  ['async () => {}', '() => {}'],
  ['let a = 1', 'const a = 1'],
  ['a(...b)', 'a(b)'],
  ['for await (a of b);', 'for (a of b);'],
  ['a ||= b', 'a &&= b'],
])('%j and %j differ', (one, other) => {
  expect(textOf(one)).not.toBe(textOf(other));
});
