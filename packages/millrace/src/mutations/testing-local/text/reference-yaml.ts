import { problem, type Result, success } from '@millrace/core';
import { isMap, isScalar, isSeq, type ParsedNode, parseDocument, type Scalar } from 'yaml';

/** A part of a text, as offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface ReferenceScalar extends Stretch {
  readonly kind: 'scalar';
  readonly value: unknown;
  readonly isQuoted: boolean;
}

export interface ReferenceList extends Stretch {
  readonly kind: 'list';
  readonly isFlow: boolean;
  readonly items: readonly ReferenceNode[];
}

export interface ReferenceEntry {
  readonly key: Stretch & { readonly text: string };
  readonly value: ReferenceNode;
}

export interface ReferenceMap extends Stretch {
  readonly kind: 'map';
  readonly isFlow: boolean;
  readonly entries: readonly ReferenceEntry[];
}

export type ReferenceNode = ReferenceScalar | ReferenceList | ReferenceMap;

export interface ReferenceText {
  readonly root: ReferenceNode;
  readonly value: unknown;
}

/**
 * Reads YAML 1.2 with another parser than the loader does, so that the two vouch for each other. The
 * problem is the first thing that this parser finds wrong.
 */
export function readReference(text: string): Result<ReferenceText, string> {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) return problem(error.message);
  if (document.contents === null) return problem('the text is empty');
  try {
    return success({ root: toNode(document.contents), value: document.toJS() });
  } catch (thrown) {
    // An alias without its anchor is found only now.
    return problem(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function toNode(node: ParsedNode): ReferenceNode {
  const [start, end] = node.range;
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => ({
      key: { start: key.range[0], end: key.range[1], text: textOf(key) },
      value: value === null ? nothingAt(key.range[1]) : toNode(value),
    }));
    return { kind: 'map', isFlow: node.flow === true, entries, start, end };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => toNode(item as ParsedNode));
    return { kind: 'list', isFlow: node.flow === true, items, start, end };
  }
  if (!isScalar(node)) return { ...nothingAt(start), end };
  return { kind: 'scalar', value: node.value, isQuoted: isQuoted(node), start, end };
}

function textOf(key: ParsedNode): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : '';
}

function isQuoted({ type }: Scalar): boolean {
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
}

function nothingAt(offset: number): ReferenceScalar {
  return { kind: 'scalar', value: null, isQuoted: false, start: offset, end: offset };
}
