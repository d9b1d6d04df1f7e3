import type { ConfigSource, Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import { type ConfigNode, MAX_DEPTH } from '../tree/config-node.ts';
import { NUMBER_HELP, numberFault } from './number-fault.ts';
import {
  EVENT_ID,
  type Event,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from './yaml.ts';
import { hasYamlDensity } from './yaml-density.ts';
import { KNOWN_TAGS, readYamlScalar } from './yaml-scalar.ts';
import { yamlSyntaxProblem } from './yaml-syntax-problem.ts';
import { YamlTree } from './yaml-tree.ts';

const DECIMAL = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** Reads YAML 1.2 with the core schema; undefined when the text cannot be read or is empty. */
export function readYaml(source: ConfigSource, problems: Problems): ConfigNode | undefined {
  if (!hasYamlDensity(source, problems)) return undefined;
  let events: Event[];
  try {
    events = parseEvents(source.text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    problems.report(yamlSyntaxProblem(source, error));
    return undefined;
  }
  return new YamlReader(source, problems).read(events);
}

class YamlReader {
  readonly #source: ConfigSource;
  readonly #problems: Problems;
  readonly #tree: YamlTree;
  /** End of what was read last, to point near a value that is left out. */
  #lastOffset = 0;

  constructor(source: ConfigSource, problems: Problems) {
    this.#source = source;
    this.#problems = problems;
    this.#tree = new YamlTree(problems);
  }

  read(events: Event[]): ConfigNode | undefined {
    let documents = 0;
    // Each POP closes the newest collection, or the document when none is open.
    let depth = 0;
    for (const event of drained(events)) {
      if (this.#problems.isFull) return undefined;
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          documents += 1;
          if (documents > 1) {
            this.#refuseNextDocument();
            return this.#tree.root;
          }
          for (const directive of event.directives) this.#directive(directive);
          break;
        case EVENT_ID.SEQUENCE:
        case EVENT_ID.MAPPING: {
          depth += 1;
          const isList = event.type === EVENT_ID.SEQUENCE;
          this.#tag(event, isList ? '!!seq' : '!!map');
          this.#lastOffset = event.start;
          this.#tree.open(
            isList ? 'list' : 'map',
            this.#source.span(event.start),
            this.#anchor(event),
          );
          break;
        }
        case EVENT_ID.SCALAR:
          this.#scalar(event);
          break;
        case EVENT_ID.ALIAS: {
          const span = this.#source.span(event.anchorStart - 1, event.anchorEnd);
          this.#lastOffset = event.anchorEnd;
          this.#tree.alias(this.#anchor(event) ?? '', span);
          break;
        }
        case EVENT_ID.POP:
          if (depth === 0) break;
          depth -= 1;
          this.#tree.close();
          break;
      }
    }
    return this.#tree.root;
  }

  #scalar(event: ScalarEvent): void {
    const span = this.#spanOf(event);
    const scalar = readYamlScalar(this.#source.text, event);
    if (!scalar.ok) {
      this.#problems.report({
        code: 'CONFIG_TAG',
        message: scalar.problem,
        at: this.#source.span(event.tagStart, event.tagEnd),
        path: this.#tree.path(),
        expected: `no tag, or one of ${KNOWN_TAGS.join(' ')}`,
      });
    }
    const { text, value } = scalar.ok ? scalar.value : { text: '', value: null };
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    // The parser takes a number that is too large for text. Keys are text in any case.
    const isNumber =
      typeof value === 'number' || (isPlain && event.tagStart === -1 && DECIMAL.test(text));
    if (isNumber && !this.#tree.expectsKey) this.#checkNumber(text, span);
    const node: ConfigNode = {
      kind: 'scalar',
      value,
      ...(typeof value === 'string' || text === String(value) ? {} : { written: text }),
      span,
    };
    this.#tree.scalar(node, this.#anchor(event), {
      // Keys are text as written: `1.10` and `1.1` are two ids.
      key: event.valueStart === -1 && isPlain ? undefined : text,
      isMerge: isPlain && text === '<<',
    });
  }

  #checkNumber(text: string, span: Span): void {
    const fault = numberFault(text, Number(text));
    if (fault === undefined) return;
    const path = this.#tree.path();
    this.#problems.report({
      code: 'CONFIG_NUMBER',
      message: fault,
      at: span,
      path,
      help: NUMBER_HELP,
    });
  }

  #spanOf(event: ScalarEvent): Span {
    const { valueStart, valueEnd, style } = event;
    if (valueStart === -1) return this.#tree.pendingSpan ?? this.#nextSign();
    this.#lastOffset = valueEnd;
    switch (style) {
      case SCALAR_STYLE.PLAIN:
        return this.#source.span(valueStart, valueEnd);
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return this.#source.span(valueStart - 1, valueEnd + 1);
      default: {
        const sign = style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>';
        return this.#source.span(this.#source.text.lastIndexOf(sign, valueStart - 1), valueEnd);
      }
    }
  }

  /** Where something is left out: the dash, colon or the like that makes room for it. */
  #nextSign(): Span {
    const sign = /\S/g;
    sign.lastIndex = this.#lastOffset;
    return this.#source.span(sign.exec(this.#source.text)?.index ?? this.#lastOffset);
  }

  #anchor({
    anchorStart,
    anchorEnd,
  }: {
    anchorStart: number;
    anchorEnd: number;
  }): string | undefined {
    return anchorStart === -1 ? undefined : this.#source.text.slice(anchorStart, anchorEnd);
  }

  #tag({ tagStart, tagEnd }: { tagStart: number; tagEnd: number }, fitting: string): void {
    if (tagStart === -1) return;
    const name = this.#source.text.slice(tagStart, tagEnd);
    if (name === fitting) return;
    this.#problems.report({
      code: 'CONFIG_TAG',
      message: KNOWN_TAGS.includes(name)
        ? `tag ${name} does not fit its value`
        : `unknown tag ${name}`,
      at: this.#source.span(tagStart, tagEnd),
      path: this.#tree.path(),
      expected: `no tag, or one of ${KNOWN_TAGS.join(' ')}`,
    });
  }

  #directive(directive: { readonly kind: string; readonly version?: string }): void {
    if (directive.kind === 'yaml' && directive.version === '1.2') return;
    this.#problems.report({
      code: 'CONFIG_SYNTAX',
      message: 'the only directive that a config may hold is %YAML 1.2',
      at: this.#source.span(Math.max(0, this.#source.text.search(/^%/m))),
    });
  }

  #refuseNextDocument(): void {
    const { text } = this.#source;
    const boundary = /^(?:---|\.\.\.)(?=\s|$)/gm;
    boundary.lastIndex = this.#lastOffset;
    this.#problems.report({
      code: 'CONFIG_SEVERAL_DOCUMENTS',
      message: 'the file goes on behind the end of its first document',
      at: this.#source.span(boundary.exec(text)?.index ?? this.#lastOffset),
      help: 'several pipelines in one file go under `pipelines:`',
    });
  }
}

/** Lets each event go once it is read: all of them take more memory than the tree that they make. */
function* drained(events: Event[]): Generator<Event> {
  events.reverse();
  for (let event = events.pop(); event !== undefined; event = events.pop()) yield event;
}
