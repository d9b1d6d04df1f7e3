import { type PathSegment, problem, type Result, success } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import { type ConfigNode, listNode, type MapEntry, mapNode } from '../tree/config-node.ts';

/** One of the names that a key is made of. */
export interface TomlName {
  readonly name: string;
  readonly span: Span;
}

/** A name that stands for something already. */
export interface TomlConflict {
  /** From the table where the search began. */
  readonly path: readonly PathSegment[];
  readonly at: Span;
  readonly firstAt: Span;
}

/** A key with dots, which leads through tables to the name it sets. */
export interface TomlKey {
  readonly through: readonly TomlName[];
  readonly last: TomlName;
}

interface Found {
  readonly table: TomlTable;
  /** From the table where the search began. */
  readonly path: readonly PathSegment[];
}

export interface TomlPlace extends Found {
  /** Of the list or table that it belongs to. */
  readonly entries: number;
}

interface TomlEntry {
  readonly keySpan: Span;
  readonly item: TomlTable | [TomlTable, ...TomlTable[]] | ConfigNode;
}

/**
 * How a table came to be, for it may be written once only. `implied`: by the header of a table inside
 * of it, so that its own header may follow. `dotted`: by a key with dots, so that more such may follow.
 */
type Origin = 'header' | 'implied' | 'dotted';

/** A table while it is filled: what belongs to it may stand in several places of a file. */
export class TomlTable {
  readonly #entries = new Map<string, TomlEntry>();
  #origin: Origin;
  #span: Span;

  constructor(origin: Origin, span: Span) {
    this.#origin = origin;
    this.#span = span;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The table of a header `[a.b]`. */
  header({ through, last }: TomlKey, span: Span): Result<TomlPlace, TomlConflict> {
    const found = this.#walk(through, 'implied');
    if (!found.ok) return found;
    const owner = found.value.table;
    const path = [...found.value.path, last.name];
    const { item, keySpan } = owner.#entries.get(last.name) ?? {};
    if (keySpan !== undefined && !(item instanceof TomlTable && item.#origin === 'implied')) {
      return problem({ path, at: last.span, firstAt: keySpan });
    }
    const table = item instanceof TomlTable ? item : new TomlTable('header', span);
    table.#origin = 'header';
    table.#span = span;
    owner.#add(last, table);
    return success({ table, path, entries: owner.size });
  }

  /** One more table of a list, of a header `[[a.b]]`. */
  listed({ through, last }: TomlKey, span: Span): Result<TomlPlace, TomlConflict> {
    const found = this.#walk(through, 'implied');
    if (!found.ok) return found;
    const owner = found.value.table;
    const path = [...found.value.path, last.name];
    const table = new TomlTable('header', span);
    const known = owner.#entries.get(last.name);
    if (known === undefined) {
      owner.#entries.set(last.name, { keySpan: last.span, item: [table] });
      return success({ table, path: [...path, 0], entries: 1 });
    }
    if (!Array.isArray(known.item)) {
      return problem({ path, at: last.span, firstAt: known.keySpan });
    }
    const entries = known.item.push(table);
    return success({ table, path: [...path, entries - 1], entries });
  }

  /** Sets `a.b = value`; the conflict when a name on the way stands for something else. */
  set({ through, last }: TomlKey, value: ConfigNode): TomlConflict | undefined {
    const found = this.#walk(through, 'dotted');
    if (!found.ok) return found.problem;
    const { table, path } = found.value;
    const known = table.#entries.get(last.name);
    if (known !== undefined) {
      return { path: [...path, last.name], at: last.span, firstAt: known.keySpan };
    }
    table.#entries.set(last.name, { keySpan: last.span, item: value });
    return undefined;
  }

  toNode(): ConfigNode {
    const entries = new Map<string, MapEntry>();
    for (const [name, { keySpan, item }] of this.#entries) {
      const value = Array.isArray(item) ? TomlTable.#listNode(item) : item;
      entries.set(name, { keySpan, value: value instanceof TomlTable ? value.toNode() : value });
    }
    return mapNode(entries, this.#span);
  }

  static #listNode(tables: readonly [TomlTable, ...TomlTable[]]): ConfigNode {
    return listNode(
      tables.map((table) => table.toNode()),
      tables[0].#span,
    );
  }

  /** Through the newest table of each list; makes what is not there. */
  #walk(names: readonly TomlName[], origin: 'implied' | 'dotted'): Result<Found, TomlConflict> {
    let table: TomlTable = this;
    const path: PathSegment[] = [];
    for (const name of names) {
      path.push(name.name);
      const known = table.#entries.get(name.name);
      if (known === undefined) {
        table = table.#add(name, new TomlTable(origin, name.span));
        continue;
      }
      const { item, keySpan } = known;
      const newest = Array.isArray(item) ? item.at(-1) : item;
      const isOpen =
        newest instanceof TomlTable &&
        (origin === 'implied' || (newest === item && newest.#origin === 'dotted'));
      if (!isOpen) return problem({ path, at: name.span, firstAt: keySpan });
      if (Array.isArray(item)) path.push(item.length - 1);
      table = newest;
    }
    return success({ table, path });
  }

  #add({ name, span }: TomlName, table: TomlTable): TomlTable {
    this.#entries.set(name, { keySpan: span, item: table });
    return table;
  }
}
