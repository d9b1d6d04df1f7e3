/**
 * A stage module that does with its param `value` whatever a stage must not. The marker stands beside it
 * each time; it is no secret.
 */
export const MISUSE = String.raw`
import { PipelineStage, type StageScope, z } from 'millrace';

const Params = z.object({ way: z.string(), value: z.unknown(), marker: z.string() });
type Scope = StageScope<typeof Misuse>;

/** Parts of a value that is no text, each as text. */
const partsOf = (value: unknown): readonly string[] =>
  typeof value !== 'object' || value === null ? [String(value)] : Object.values(value).flatMap(partsOf);

const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const base64 = (text: string) => ['', 'a', 'ab'].map((before) => btoa8(before + text + before));
const btoa8 = (text: string) => Buffer.from(text).toString('base64');

function formsOf(text: string): readonly string[] {
  return [
    text, JSON.stringify(text), JSON.stringify({ in: JSON.stringify([text]) }), encodeURIComponent(text),
    html(text), ...base64(text), ...base64(text).map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
    Buffer.from(text).toString('hex'), 'https://me:' + encodeURIComponent(text) + '@example.com/?q=' + encodeURI(text),
  ];
}

class Odd extends Error {
  readonly holding: unknown;
  constructor(message: string, holding: unknown, options?: ErrorOptions) {
    super(message, options);
    this.holding = holding;
  }
}

const say: Record<string, (scope: Scope, text: string, forms: readonly string[]) => void> = {
  print({ params: { marker, value } }, text, forms) {
    for (const form of forms) console.log(marker, form);
    console.log(marker, value, { value, inside: [new Map([[marker, value]]), new Set([value])] });
    console.error(marker, { value });
    console.error(marker + ' ' + text);
    console.table([{ marker, text }]);
  },
  'print-late'({ params: { marker } }, text) {
    setTimeout(() => process.stdout.write(marker + ' late ' + text + '\n'), 0);
    process.on('exit', () => console.log(marker, 'at the end', text, text.trim()));
    process.emitWarning(marker + ' ' + text);
  },
  'print-bytes'({ params: { marker } }, text) {
    process.stdout.write(Buffer.from(marker + ' ' + text + '\n'));
    process.stderr.write(new TextEncoder().encode(marker + ' ' + text + '\n'));
  },
  log({ logger, params: { marker, value } }, text, forms) {
    for (const form of forms) logger.info(marker + ' ' + form, { marker, form, nested: [{ form: [form] }] });
    logger.info(marker, { value, map: new Map([[text, value]]), [text]: marker, list: [value], deep: { value } });
    logger.child({ bound: value, [text]: 1 }).warn(marker);
    logger.debug(marker, { padded: 'x'.repeat(16_380) + text });
  },
  'log-error'({ logger, params: { marker, value } }, text) {
    logger.error(marker, { error: new Odd(marker + ' ' + text, value, { cause: new Error(text) }) });
    logger.error(marker, new AggregateError([new Error(text)], text) as never);
  },
  progress({ progress, params: { marker } }, text) {
    progress({ done: 1, total: 2, message: marker + ' ' + text });
  },
  'look-up-key'({ context }, text) {
    context.has(text);
    context.get('x' + text);
  },
  'look-up-param'({ params }, text) {
    Reflect.get(params, text);
  },
};

const fail: Record<string, (text: string, value: unknown, marker: string) => unknown> = {
  'throw-message': (text, _value, marker) => new Error(marker + ' ' + text + ' and ' + JSON.stringify(text)),
  'throw-long-message': (text, _value, marker) => new Error(marker + 'x'.repeat(1980 - marker.length) + text),
  'throw-name': (text, _value, marker) => Object.assign(new Error(marker), { name: 'Error' + text }),
  'throw-code': (text, _value, marker) => Object.assign(new Error(marker), { code: text }),
  'throw-cause': (text, value, marker) => new Odd(marker, value, { cause: new Odd(text, value, { cause: text }) }),
  'throw-fields': (text, value, marker) => Object.assign(new Error(marker), { [text]: value, value }),
  'throw-text': (text, _value, marker) => marker + ' ' + text,
  'throw-object': (text, value, marker) => ({ marker, value, text, map: new Map([[text, value]]) }),
  'throw-many': (text, _value, marker) => new AggregateError([new Error(text)], marker + ' ' + text),
};

const give: Record<string, (text: string, value: unknown, scope: Scope) => unknown> = {
  'return-it': (_text, value) => value,
  'return-text': (text) => 'Bearer ' + text + '!',
  'return-nested': (_text, value) => ({ list: [{ deep: [value] }], when: new Date(0) }),
  'return-nested-key': (text) => ({ list: [{ [text]: 1 }] }),
  'return-map': (_text, value) => new Map([['at', { value }]]),
  'return-map-key': (text) => new Map([[text, 1]]),
  'return-set': (_text, value) => new Set([value]),
  'return-bytes': (text) => Buffer.from('\u20ac' + text + '\u20ac'),
  'return-bytes-inside': (text) => ({ raw: new Uint8Array(Buffer.from('a' + text)), when: new Date(0) }),
  'return-json': (text) => JSON.stringify({ in: JSON.stringify([text]) }),
  'return-base64': (text) => base64(text)[text.length % 3],
  'return-base64url': (text) => base64(text)[(text.length + 1) % 3]?.replaceAll('+', '-').replaceAll('/', '_'),
  'return-url': (text) => 'https://example.com/?q=' + encodeURIComponent(text),
  'return-html': (text) => '<b>' + html(text) + '</b>',
  'return-hex': (text) => Buffer.from('a' + text).toString('hex'),
  'return-artifact-name': (text, _value, { artifacts, stageId }) => artifacts.write(text, stageId),
  'write-artifact': (text, _value, { artifacts }) => artifacts.write('page', 'a page with ' + text),
  'write-artifact-bytes': (text, _value, { artifacts }) => artifacts.write('page', Buffer.from('\0\xff' + text)),
};

export default class Misuse extends PipelineStage.of({ params: Params }) {
  setup({ params: { way, value, marker } }: { params: z.output<typeof Params> }) {
    if (way === 'throw-in-setup') throw new Error(marker + ' ' + partsOf(value).join(' '));
  }

  async run(scope: Scope) {
    const { params, stageId } = scope;
    const { way, value, marker } = params;
    const parts = partsOf(value);
    for (const text of parts) {
      say[way]?.(scope, text, formsOf(text));
      if (fail[way] !== undefined) throw fail[way](parts.join(' '), value, marker);
      if (way === 'reject') return Promise.reject(new Error(marker + ' ' + text));
      if (way === 'return-key') return { [text]: marker };
      if (way === 'return-unstorable') return { [stageId]: { [text]: { ['x' + text]: () => marker } } };
      if (way === 'touch-key') scope.context.update((draft) => Reflect.set(draft, text, marker));
    }
    const given = await Promise.all(parts.map((text) => give[way]?.(text, value, scope)));
    return { [stageId]: [marker, ...given] };
  }

  teardown({ params: { way, value, marker } }: { params: z.output<typeof Params> }) {
    if (way === 'throw-in-teardown') throw new Error(marker + ' ' + partsOf(value).join(' '));
  }
}

export class Update extends PipelineStage.of({
  params: Params,
  updates: z.object({ box: z.record(z.string(), z.unknown()) }),
}) {
  run({ params: { value, marker }, context }: StageScope<typeof Update>) {
    context.update((draft) => {
      draft.box.marker = marker;
      draft.box.inside = { deep: [value] };
    });
  }
}

export class Misfit extends PipelineStage.of({
  params: Params,
  outputs: z.object({ amount: z.number() }),
}) {
  run({ params: { value } }: StageScope<typeof Misfit>): { amount: number } {
    return { amount: value } as never;
  }
}

export class Doubtful extends PipelineStage.of({
  params: Params,
  when: ({ params }) => {
    throw new Error('cannot tell ' + JSON.stringify(params));
  },
}) {
  run() {}
}

/** Its schema makes other params of those that it is given, with the value in more places. */
export class Spread extends PipelineStage.of({
  params: Params.transform(({ value, marker, way }) => {
    const text = partsOf(value).join(' ');
    return { way, marker, value, copy: 'Bearer ' + text, basic: btoa8(marker + ':' + text), [text]: marker };
  }),
}) {
  run({ params }: StageScope<typeof Spread>) {
    void JSON.stringify(params);
  }
}

/** Takes little. */
export class Strict extends PipelineStage.of({
  params: z.object({
    marker: z.string(),
    amount: z.int().max(10).optional(),
    mode: z.enum(['a', 'b']).optional(),
    code: z.string().regex(/^only$/).optional(),
    said: z.string().refine(() => false, { error: ({ input }) => 'never ' + input + ' or ' + JSON.stringify(input) }).optional(),
    within: z.object({ list: z.array(z.strictObject({ amount: z.boolean(), other: z.boolean() })) }).optional(),
    either: z.discriminatedUnion('kind', [z.object({ kind: z.literal('x') }), z.object({ kind: z.literal('y') })]).optional(),
    thrown: z.string().transform((text) => { throw new Error('cannot read ' + text); }).optional(),
  }),
}) {
  run() {}
}

/** Waits to be killed. */
export class Stuck extends PipelineStage.of({ params: Params }) {
  async run({ params: { value, marker }, progress }: StageScope<typeof Stuck>) {
    console.log(marker, 'is waiting');
    progress({ done: 0, message: marker + ' ' + partsOf(value).join(' ') });
    const alive = setInterval(() => {}, 60_000);
    await new Promise(() => alive.ref());
  }
}
`;

/** A module that tells a variable of its environment, and throws it at once, or later where nothing awaits it. */
export function brokenSource(variable: string, when: 'at once' | 'later'): string {
  const later = `setImmediate(() => { throw new Error('later ' + value); });
await new Promise(() => setInterval(() => {}, 60_000));`;
  return String.raw`
const value = process.env.${variable} ?? '';
console.log('importing', value, { value }, JSON.stringify(value));
console.error('importing', { value });
process.stderr.write(value + '\n');
process.stdout.write(Buffer.from(value + '\n').toString('hex'), 'hex');
process.emitWarning('importing ' + value);
${when === 'later' ? later : "throw new Error('at once ' + value);"}
`;
}
