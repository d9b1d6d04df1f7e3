import type {
  ConfigLayer,
  Explained,
  ExplainedPlaceholder,
  ExplainedValue,
  ReplacedValue,
  WrittenOrigin,
} from '@millrace/config';
import { cutTo, printable } from '../terminal/printable.ts';
import type { Redact } from '../terminal/redact.ts';
import { table } from '../terminal/table.ts';
import type { Paint } from '../terminal/terminal.ts';

export interface ExplainedTextOptions {
  /** Texts for code frames, by file name. */
  readonly sources: ReadonlyMap<string, string>;
  readonly paint: Paint;
  /** Before anything is cut. */
  readonly redact: Redact;
}

const LONGEST_VALUE = 100;
const SHOWN_INSTANCES = 10;
const COLUMNS = [{ title: 'path' }, { title: 'value' }, { title: 'from' }, { title: 'place' }];

/** Where a value of a config, or every value of a part of it, comes from, for people. */
export async function explainedText(
  explained: Explained,
  options: ExplainedTextOptions,
): Promise<string> {
  if (explained.kind === 'value') return (await valueLines(explained, options)).join('\n');
  const rows = explained.values.map((value) => [
    printable(value.path),
    valueText(value.value, options),
    fromWord(value),
    value.origin.kind === 'written' ? placeText(value.origin, options) : '',
  ]);
  return table(COLUMNS, rows, options.paint);
}

async function valueLines(
  value: ExplainedValue,
  options: ExplainedTextOptions,
): Promise<readonly string[]> {
  const { paint } = options;
  const { origin, over, placeholders, read, unit } = value;
  const lines = [`${paint('bold', printable(value.path))}  ${valueText(value.value, options)}`, ''];
  const add = (label: string, texts: readonly string[]): void => {
    for (const [index, text] of texts.entries())
      lines.push(`${paint('dim', (index === 0 ? label : '').padEnd(8))} ${text}`);
  };
  if (origin.kind === 'default') add('default', [DEFAULTS[origin.by]]);
  else {
    add('set by', [`${LAYERS[origin.layer]}, ${placeText(origin, options)}`]);
    lines.push(...(await frameLines(origin, options)));
  }
  add(
    'over',
    over.map((one) => replacedText(one, options)),
  );
  add('made of', placeholderTexts(placeholders, options));
  if (read !== undefined) {
    add('read as', [`${valueText(read, options)}${unit === undefined ? '' : ` ${unit}`}`]);
  }
  add('becomes', instanceTexts(value, options));
  return lines;
}

function instanceTexts(
  { instances = [] }: ExplainedValue,
  options: ExplainedTextOptions,
): readonly string[] {
  const shown = instances
    .slice(0, SHOWN_INSTANCES)
    .map(
      ({ path, value }) => `${valueText(value, options)}  ${options.paint('dim', printable(path))}`,
    );
  const more = instances.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

const LAYERS: Readonly<Record<ConfigLayer, string>> = {
  base: 'a base',
  file: 'the file',
  environment: 'the environment',
  'params-file': 'a params file',
  flag: 'a flag',
};

const DEFAULTS = {
  schema: 'from the params schema of the stage',
  class: 'from the class of the stage',
  millrace: 'from Millrace',
  unknown: 'not known: the class of the stage is not looked at while the config has errors',
} as const;

function fromWord({ origin }: ExplainedValue): string {
  if (origin.kind === 'written') return origin.layer;
  return origin.by === 'unknown' ? '' : `default of ${origin.by}`;
}

function placeText(
  { layer, at }: Pick<WrittenOrigin, 'layer' | 'at'>,
  { sources }: Pick<ExplainedTextOptions, 'sources'>,
): string {
  const hasLines = layer !== 'flag' && sources.get(at.file) !== '';
  return printable(hasLines ? `${at.file}:${at.line}:${at.column}` : at.file);
}

function replacedText({ value, ...origin }: ReplacedValue, options: ExplainedTextOptions): string {
  const place = `${LAYERS[origin.layer]}, ${placeText(origin, options)}`;
  return `${valueText(value, options)}  ${options.paint('dim', place)}`;
}

/** The line of a file that gives the value. */
async function frameLines(
  { at }: WrittenOrigin,
  { sources, paint }: ExplainedTextOptions,
): Promise<readonly string[]> {
  const { codeFrame } = await import('@millrace/config');
  const text = sources.get(at.file);
  const frame = text === undefined ? undefined : codeFrame(text, at);
  if (frame === undefined) return [];
  const gutter = ' '.repeat(frame.lineNumber.length);
  const bar = paint('blue', '|');
  return [
    `${gutter} ${bar}`,
    `${paint('blue', frame.lineNumber)} ${bar} ${frame.text}`,
    `${gutter} ${bar} ${paint('blue', frame.marker)}`,
  ];
}

function placeholderTexts(
  placeholders: readonly ExplainedPlaceholder[],
  options: ExplainedTextOptions,
  indent = '',
): string[] {
  return placeholders.flatMap((placeholder) => {
    const own = `${indent}${printable(placeholder.source)}  ${placeholderText(placeholder, options)}`;
    if (placeholder.kind !== 'param') return [own];
    const below = `${indent}  `;
    const replaced = placeholder.over.map((one) => `${below}over ${replacedText(one, options)}`);
    return [own, ...replaced, ...placeholderTexts(placeholder.placeholders, options, below)];
  });
}

function placeholderText(placeholder: ExplainedPlaceholder, options: ExplainedTextOptions): string {
  switch (placeholder.kind) {
    case 'param': {
      const { path, value, layer } = placeholder;
      return `${printable(path)} = ${valueText(value, options)}, ${LAYERS[layer]}, ${placeText(placeholder, options)}`;
    }
    case 'variable': {
      const { shown } = placeholder;
      const what = 'a variable of the stage';
      if (shown === undefined) return what;
      return `${what} = ${valueText(shown.value, options)}, ${LAYERS[shown.layer]}, ${placeText(shown, options)}`;
    }
    case 'secret':
      return 'a secret, which is not shown';
    case 'env':
      return envText(placeholder, options);
  }
}

function envText(
  { name, from, value }: Extract<ExplainedPlaceholder, { kind: 'env' }>,
  options: ExplainedTextOptions,
): string {
  switch (from) {
    case 'variable':
      return `the environment variable ${name} = ${valueText(value, options)}`;
    case 'default':
      return `the default ${valueText(value, options)}, since the environment variable ${name} is not set`;
    case 'missing':
      return `the environment variable ${name} is not set`;
  }
}

/** As JSON, which tells text from numbers; what JSON cannot hold in the words of code. */
function valueText(value: unknown, { redact }: ExplainedTextOptions): string {
  if (value === undefined) return '(not set)';
  const isNumber = typeof value === 'number' && !Number.isFinite(value);
  const text = typeof value === 'bigint' || isNumber ? String(value) : JSON.stringify(value);
  return cutTo(printable(redact(text ?? String(value))), LONGEST_VALUE);
}
