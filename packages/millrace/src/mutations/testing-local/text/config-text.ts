import { indentAt, lineAt, lineStart } from './lines.ts';
import { type ReferenceNode, readReference, type Stretch } from './reference-yaml.ts';
import { type KeyRole, keyRoleOf, type ValueRole, valueRoleOf } from './role-of.ts';

/** A key of a map, with its value. */
export interface KeySite extends Stretch {
  readonly role: KeyRole;
  readonly text: string;
  /** With the key itself. */
  readonly path: readonly string[];
  readonly value: ValueSite;
  /** Stands inside `{ }`. */
  readonly isInFlow: boolean;
  /** Keys of the maps around it, the outermost first. */
  readonly owners: readonly Stretch[];
}

export interface ValueSite extends Stretch {
  readonly role: ValueRole;
  readonly path: readonly string[];
  readonly node: ReferenceNode;
  /** Stands inside `{ }` or `[ ]`. */
  readonly isInFlow: boolean;
  readonly owners: readonly Stretch[];
}

interface Around {
  readonly path: readonly string[];
  readonly owners: readonly Stretch[];
  readonly isInFlow: boolean;
}

/** A config with the places of all its keys and values. */
export class ConfigText {
  readonly text: string;
  readonly keys: KeySite[] = [];
  readonly values: ValueSite[] = [];

  constructor(text: string) {
    const read = readReference(text);
    if (!read.ok) throw new TypeError(`not a config: ${read.problem}`);
    this.text = text;
    this.#collect(read.value.root, { path: [], owners: [], isInFlow: false });
  }

  /** The source text of a part of it. */
  slice({ start, end }: Stretch): string {
    return this.text.slice(start, end);
  }

  /** What a part of the text declares that others may need. */
  namesIn(part: Stretch): readonly string[] {
    const declared = ['stage', 'param', 'context-key', 'variable'];
    return this.#keysIn(part)
      .filter(({ role }) => declared.includes(role))
      .map(({ text }) => text.replace(/^(["'])(.*)\1$/, '$2'));
  }

  /** Lines of the keys of the maps that a part of the text belongs to; of the first key of all at the top. */
  ownerLines(part: Stretch): readonly number[] {
    return this.#keysIn(part).flatMap(({ owners }) => {
      const owner = owners.at(-1) ?? this.keys[0];
      return owner === undefined ? [] : [lineAt(this.text, owner.start)];
    });
  }

  /** Whether a key begins its line. */
  beginsLine({ start }: Stretch): boolean {
    const line = lineStart(this.text, start);
    return line + indentAt(this.text, line).length === start;
  }

  #keysIn({ start, end }: Stretch): readonly KeySite[] {
    return this.keys.filter((key) => key.start >= start && key.start < end);
  }

  #collect(node: ReferenceNode, around: Around): ValueSite {
    const { path, owners, isInFlow } = around;
    const role = valueRoleOf(path, node.kind === 'scalar');
    const site = { role, path, node, isInFlow, owners, start: node.start, end: node.end };
    if (path.length > 0) this.values.push(site);
    if (node.kind === 'scalar') return site;
    const isFlow = isInFlow || node.isFlow;
    if (node.kind === 'list') {
      for (const [index, item] of node.items.entries())
        this.#collect(item, { path: [...path, String(index)], owners, isInFlow: isFlow });
      return site;
    }
    for (const { key, value } of node.entries) {
      const own = { path: [...path, key.text], owners: [...owners, key], isInFlow: isFlow };
      const inner = this.#collect(value, own);
      this.keys.push({
        ...key,
        role: keyRoleOf(own.path),
        path: own.path,
        value: inner,
        isInFlow: isFlow,
        owners,
      });
    }
    return site;
  }
}
