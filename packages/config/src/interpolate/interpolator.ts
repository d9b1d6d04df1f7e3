import { formatPath, type PathSegment } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  depthOf,
  listNode,
  MAX_DEPTH,
  MAX_EXPANSION,
  type MapEntry,
  type MapNode,
  mapNode,
  type ScalarNode,
  type ScalarValue,
  sizeOf,
} from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { envValue, secretValue } from './outside-value.ts';
import { paramCircle, unknownParam } from './param-faults.ts';
import type { PlaceholderFault } from './placeholder-fault.ts';
import { fitsInText } from './placeholder-type.ts';
import { sourcePlaces } from './source-places.ts';
import {
  escapeTemplate,
  type ParamPlaceholder,
  type Placeholder,
  parseTemplate,
  type TemplatePart,
} from './template.ts';

/** No text that a config is made of is longer; params that double each other end here. */
const MAX_TEXT = 1024 * 1024;

interface InterpolatorOptions {
  /** The section `params`, not yet interpolated. */
  readonly params: MapNode | undefined;
  /** Values by name that are filled in already and come before the params; undefined for one that was reported. */
  readonly known?: ReadonlyMap<string, ConfigNode | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly problems: Problems;
  /** False when params are missing because of what is reported elsewhere. Default true. */
  readonly hasAllParams?: boolean;
}

/**
 * Fills placeholders in. A value keeps the place where its placeholder was written, the text as it was
 * written, and what it replaced; one that holds a secret knows what may be shown instead.
 */
export class Interpolator {
  readonly #options: InterpolatorOptions;
  readonly #problems: Problems;
  readonly #params: Map<string, ConfigNode | undefined>;
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
    this.#params = new Map(options.known);
  }

  /** Texts whose placeholders were reported: what is wrong with them beyond that is a mere consequence. */
  get unfilled(): ReadonlySet<ConfigNode> {
    return this.#unfilled;
  }

  /** @param path where the value will stand, for problems */
  resolveAt(path: readonly PathSegment[], node: ConfigNode): ConfigNode {
    this.#path = [...path];
    const resolved = this.resolve(node);
    this.#path = [];
    return resolved;
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
        return isTemplate(node.value) ? this.#fill(node.value, node) : node;
      case 'list': {
        const items = node.items.map((item, index) => this.#inside(index, item));
        const unchanged = items.every((item, index) => item === node.items[index]);
        return unchanged ? node : listNode(items, node.span, node);
      }
      case 'map': {
        const entries = new Map<string, MapEntry>();
        let changed = false;
        for (const [key, entry] of node.entries) {
          const value = this.#inside(key, entry.value);
          changed ||= value !== entry.value;
          entries.set(key, { keySpan: entry.keySpan, value });
        }
        return changed ? mapNode(entries, node.span, node) : node;
      }
    }
  }

  #inside(part: PathSegment, node: ConfigNode): ConfigNode {
    this.#path.push(part);
    const resolved = this.resolve(node);
    this.#path.pop();
    return resolved;
  }

  #fill(text: string, node: ScalarNode): ConfigNode {
    const { span, over } = node;
    const known = over === undefined ? { span } : { span, over };
    const filled = this.#filled(text, span);
    if (filled !== undefined) {
      // What a param replaced is known where the param stands.
      const { over: _, ...value } = filled;
      return { ...value, raw: text, ...known };
    }
    const unfilled: ConfigNode = { kind: 'scalar', value: text, ...known };
    this.#unfilled.add(unfilled);
    return unfilled;
  }

  #filled(text: string, span: Span): ConfigNode | undefined {
    const template = parseTemplate(text);
    if (!template.ok) {
      const { message, source, help = 'write $${ for a plain ${' } = template.problem;
      const expected = `\${param}, \${env:NAME}, \${env:NAME:-default} or \${secret:NAME}`;
      const code = 'PLACEHOLDER_SYNTAX';
      this.#report({ span, part: source }, { code, message, expected, help });
      return undefined;
    }
    const [first] = template.value;
    return first !== undefined && first.kind !== 'text' && template.value.length === 1
      ? this.#whole(first, span)
      : this.#text(template.value, span);
  }

  /** A text that is one placeholder takes the value as it is, with its type. */
  #whole(part: Placeholder, span: Span): ConfigNode | undefined {
    const node = this.#lookUp(part, span);
    if (node === undefined) return node;
    if (node.kind === 'scalar') return withSource(node, part);
    const before = this.#expanded;
    this.#expanded += sizeOf(node);
    if (this.#expanded > MAX_EXPANSION) {
      if (before <= MAX_EXPANSION) {
        const message = `placeholders stand for more than ${MAX_EXPANSION} values`;
        this.#report({ span, part: part.source }, { code: 'CONFIG_EXPANSION', message });
      }
      return undefined;
    }
    if (this.#path.length + depthOf(node) > MAX_DEPTH) {
      const message = `${part.source} nests values deeper than ${MAX_DEPTH} levels`;
      this.#report({ span, part: part.source }, { code: 'CONFIG_TOO_DEEP', message });
      return undefined;
    }
    return withSource(node, part);
  }

  #text(parts: readonly TemplatePart[], span: Span): ConfigNode | undefined {
    let value = '';
    let redacted = '';
    let holdsSecret = false;
    for (const part of parts) {
      const node: ScalarNode | undefined =
        part.kind === 'text'
          ? { kind: 'scalar', value: part.text, span }
          : this.#scalarInText(part, span);
      if (node === undefined) return undefined;
      const piece = node.written ?? String(node.value);
      value += piece;
      redacted += node.redacted ?? escapeTemplate(piece);
      holdsSecret ||= node.redacted !== undefined;
      if (value.length <= MAX_TEXT) continue;
      const message = `placeholders make a text longer than ${MAX_TEXT} characters`;
      this.#report({ span, part: '' }, { code: 'CONFIG_EXPANSION', message });
      return undefined;
    }
    return { kind: 'scalar', value, ...(holdsSecret ? { redacted } : {}), span };
  }

  #scalarInText(part: Placeholder, span: Span): ScalarNode | undefined {
    const node = this.#lookUp(part, span);
    if (node === undefined) return undefined;
    const isTyped = part.kind !== 'param' && part.type !== undefined && !fitsInText(part.type);
    if (node.kind === 'scalar' && node.value !== null && !isTyped) return node;
    this.#report(
      { span, part: part.source },
      {
        code: 'PLACEHOLDER_NOT_TEXT',
        message: `${part.source} cannot be part of a text`,
        got: isTyped ? `a value of the type ${part.type}` : describeNode(node),
        expected: 'text, a number, true or false',
        related: sourcePlaces(withSource(node, part)),
      },
    );
    return undefined;
  }

  #lookUp(part: Placeholder, span: Span): ConfigNode | undefined {
    if (part.kind === 'param') return this.#param(part, span);
    const { env, secrets } = this.#options;
    const found =
      part.kind === 'env' ? envValue(part, env, span) : secretValue(part, secrets, span);
    if (found.ok) return found.value;
    this.#report({ span, part: part.source }, found.problem);
    return undefined;
  }

  #param({ name, source }: ParamPlaceholder, span: Span): ConfigNode | undefined {
    if (this.#params.has(name)) return this.#params.get(name);
    const known = this.#options.params?.entries ?? new Map<string, MapEntry>();
    const entry = known.get(name);
    if (entry === undefined) {
      if (this.#options.hasAllParams !== false)
        this.#report({ span, part: source }, unknownParam(name, known, this.#problems));
      return undefined;
    }
    const circle = paramCircle(name, this.#chain);
    if (circle !== undefined) {
      this.#report({ span, part: source }, circle);
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

  #report({ span, part }: PlacedPart, { message, ...fault }: PlaceholderFault): void {
    const path = [...this.#path];
    this.#problems.report({
      ...fault,
      message: `${message} in ${formatPath(path)}`,
      at: partSpan(span, part),
      path,
    });
  }
}

/** A placeholder and the text that it stands in; empty for the whole text. */
interface PlacedPart {
  readonly span: Span;
  readonly part: string;
}

/** Remembers the param that a value is. */
function withSource(node: ConfigNode, part: Placeholder): ConfigNode {
  return part.kind === 'param' ? { ...node, from: { name: part.name, value: node } } : node;
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
