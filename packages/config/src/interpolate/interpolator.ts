import { formatPath, type PathSegment } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import type { Problem, Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  depthOf,
  listNode,
  MAX_DEPTH,
  MAX_EXPANSION,
  type MapEntry,
  type MapNode,
  mapNode,
  type ScalarValue,
  sizeOf,
} from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { type Placeholder, parseTemplate } from './template.ts';

/** No text that a config is made of is longer; params that double each other end here. */
const MAX_TEXT = 1024 * 1024;
/** A param may stand on another one, but so many floors high it is a mistake. */
const MAX_PARAM_CHAIN = 100;

interface InterpolatorOptions {
  /** The section `params`, not yet interpolated. */
  readonly params: MapNode | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly problems: Problems;
}

/** Fills placeholders in. A value keeps the place where its placeholder was written. */
export class Interpolator {
  readonly #options: InterpolatorOptions;
  readonly #problems: Problems;
  readonly #params = new Map<string, ConfigNode | undefined>();
  /** Params being worked out, outermost first. */
  readonly #chain: string[] = [];
  /** Values shared through aliases are worked out once. */
  readonly #done = new Map<ConfigNode, ConfigNode>();
  readonly #unfilled = new Set<ConfigNode>();
  #path: PathSegment[] = [];
  #expanded = 0;

  constructor(options: InterpolatorOptions) {
    this.#options = options;
    this.#problems = options.problems;
  }

  /** Texts whose placeholders were reported: what is wrong with them beyond that is a mere consequence. */
  get unfilled(): ReadonlySet<ConfigNode> {
    return this.#unfilled;
  }

  resolve(node: ConfigNode): ConfigNode {
    // Most values are such, and need no place in the table.
    if (node.kind === 'scalar' && !isTemplate(node.value)) return node;
    const known = this.#done.get(node);
    if (known !== undefined) return known;
    const resolved = this.#resolve(node);
    this.#done.set(node, resolved);
    return resolved;
  }

  #resolve(node: ConfigNode): ConfigNode {
    switch (node.kind) {
      case 'scalar':
        return isTemplate(node.value) ? this.#fill(node.value, node.span) : node;
      case 'list': {
        const items = node.items.map((item, index) => this.#inside(index, item));
        const unchanged = items.every((item, index) => item === node.items[index]);
        return unchanged ? node : listNode(items, node.span);
      }
      case 'map': {
        const entries = new Map<string, MapEntry>();
        let changed = false;
        for (const [key, entry] of node.entries) {
          const value = this.#inside(key, entry.value);
          changed ||= value !== entry.value;
          entries.set(key, { keySpan: entry.keySpan, value });
        }
        return changed ? mapNode(entries, node.span) : node;
      }
    }
  }

  #inside(part: PathSegment, node: ConfigNode): ConfigNode {
    this.#path.push(part);
    const resolved = this.resolve(node);
    this.#path.pop();
    return resolved;
  }

  #fill(text: string, span: Span): ConfigNode {
    const filled = this.#filled(text, span);
    if (filled !== undefined) return filled;
    const unfilled: ConfigNode = { kind: 'scalar', value: text, span };
    this.#unfilled.add(unfilled);
    return unfilled;
  }

  #filled(text: string, span: Span): ConfigNode | undefined {
    const template = parseTemplate(text);
    if (!template.ok) {
      this.#report(
        'PLACEHOLDER_SYNTAX',
        template.problem.message,
        { span, part: template.problem.source },
        {
          expected: `\${param}, \${env:NAME}, \${env:NAME:-default} or \${secret:NAME}`,
          help: 'write $${ for a plain ${',
        },
      );
      return undefined;
    }
    const [first] = template.value;
    if (first !== undefined && first.kind !== 'text' && template.value.length === 1) {
      return this.#whole(first, span);
    }
    let filled = '';
    for (const part of template.value) {
      const piece = part.kind === 'text' ? part.text : this.#inText(part, span);
      if (piece === undefined) return undefined;
      filled += piece;
      if (filled.length <= MAX_TEXT) continue;
      const message = `placeholders make a text longer than ${MAX_TEXT} characters`;
      this.#report('CONFIG_EXPANSION', message, { span, part: '' });
      return undefined;
    }
    return { kind: 'scalar', value: filled, span };
  }

  /** A text that is one placeholder takes the param as it is, with its type. */
  #whole(part: Placeholder, span: Span): ConfigNode | undefined {
    const node = this.#lookUp(part, span);
    if (node === undefined || node.kind === 'scalar') return node && { ...node, span };
    const before = this.#expanded;
    this.#expanded += sizeOf(node);
    if (this.#expanded > MAX_EXPANSION) {
      if (before <= MAX_EXPANSION) {
        const message = `placeholders stand for more than ${MAX_EXPANSION} values`;
        this.#report('CONFIG_EXPANSION', message, { span, part: part.source });
      }
      return undefined;
    }
    if (this.#path.length + depthOf(node) > MAX_DEPTH) {
      const message = `${part.source} nests values deeper than ${MAX_DEPTH} levels`;
      this.#report('CONFIG_TOO_DEEP', message, { span, part: part.source });
      return undefined;
    }
    return { ...node, span };
  }

  #inText(part: Placeholder, span: Span): string | undefined {
    const node = this.#lookUp(part, span);
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && node.value !== null) return node.written ?? String(node.value);
    this.#report(
      'PLACEHOLDER_NOT_TEXT',
      `${part.source} cannot be part of a text`,
      { span, part: part.source },
      {
        got: describeNode(node),
        expected: 'text, a number, true or false',
      },
    );
    return undefined;
  }

  #lookUp(part: Placeholder, span: Span): ConfigNode | undefined {
    switch (part.kind) {
      case 'param':
        return this.#param(part, span);
      case 'secret': {
        // A missing one was reported when all were read.
        const value = this.#options.secrets.get(part.name);
        return value === undefined ? undefined : { kind: 'scalar', value, span };
      }
      case 'env': {
        const value = Object.hasOwn(this.#options.env, part.name)
          ? this.#options.env[part.name]
          : undefined;
        // As in a shell, a default also stands in for an empty variable.
        const found = part.fallback !== undefined && (value ?? '') === '' ? part.fallback : value;
        if (found !== undefined) return { kind: 'scalar', value: found, span };
        this.#report(
          'ENV_MISSING',
          `the environment variable ${part.name} is not set`,
          { span, part: part.source },
          { help: `set it, or give a default: \${env:${part.name}:-default}` },
        );
        return undefined;
      }
    }
  }

  #param({ name, source }: Placeholder, span: Span): ConfigNode | undefined {
    if (this.#params.has(name)) return this.#params.get(name);
    const entry = this.#options.params?.entries.get(name);
    const place = { span, part: source };
    if (entry === undefined) {
      const known = this.#options.params?.entries ?? new Map<string, MapEntry>();
      this.#report('PARAM_UNKNOWN', `there is no param ${JSON.stringify(name)}`, place, {
        expected: known.size === 0 ? undefined : `one of ${[...known.keys().take(10)].join(', ')}`,
        help: this.#problems.suggest(name, known.keys()) ?? 'declare it under `params:`',
      });
      return undefined;
    }
    const first = this.#chain.indexOf(name);
    if (first !== -1 || this.#chain.length >= MAX_PARAM_CHAIN) {
      const circle = [...this.#chain.slice(Math.max(first, 0)), name];
      const shown =
        circle.length > 10 ? [...circle.slice(0, 5), '...', ...circle.slice(-4)] : circle;
      this.#report(
        'PARAM_CYCLE',
        first === -1
          ? 'params stand on each other too deep'
          : 'params stand on each other in a circle',
        place,
        { got: shown.join(' -> ') },
      );
      return undefined;
    }
    const path = this.#path;
    this.#path = ['params', name];
    this.#chain.push(name);
    const resolved = this.resolve(entry.value);
    this.#chain.pop();
    this.#path = path;
    const value = this.#unfilled.has(resolved) ? undefined : resolved;
    this.#params.set(name, value);
    return value;
  }

  #report(
    code: string,
    message: string,
    { span, part }: { readonly span: Span; readonly part: string },
    more: Pick<Problem, 'got' | 'expected' | 'help'> = {},
  ): void {
    const path = [...this.#path];
    this.#problems.report({
      code,
      message: `${message} in ${formatPath(path)}`,
      at: partSpan(span, part),
      path,
      ...more,
    });
  }
}

function isTemplate(value: ScalarValue): value is string {
  return typeof value === 'string' && value.includes('${');
}

/** The place of a placeholder inside its text, where the text is written without escapes before it. */
function partSpan(span: Span, part: string): Span {
  if (part === '') return span;
  const at = span.source.text.indexOf(part, span.start);
  return at === -1 || at >= span.end ? span : span.source.span(at, at + part.length);
}
