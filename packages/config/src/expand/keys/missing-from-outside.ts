import { type Diagnostic, nearestName } from '@millrace/core';
import { locationOf } from '../../source/config-source.ts';
import { childOf, type MapNode } from '../../tree/config-node.ts';
import { spanAt } from '../../tree/locate.ts';
import type { PlannedPipeline, Scope } from '../scope.ts';
import { stagesOf } from '../scope.ts';
import { neededHelp } from './needed-help.ts';

interface OutsideOptions {
  readonly scope: Scope;
  /** For the places of problems. */
  readonly tree: MapNode;
  /** The context keys that are known to be written before a stage. */
  readonly keysBefore: (id: string) => readonly string[];
}

type Owner = Omit<PlannedPipeline, 'inner'>;

/** Each search for keys walks over all stages; past so many, the reader has seen what is wrong. */
const MOST_SEARCHES = 50;
const MOST_KEYS = 5;

/**
 * Blames the stage that is a pipeline for an input that its pipeline is not given: what one of the stages
 * inside misses cannot be mended in their file.
 */
export class MissingFromOutside {
  readonly #options: OutsideOptions;
  readonly #told = new Set<string>();
  #scopes: ReadonlyMap<string, Scope> | undefined;
  #searches = 0;

  constructor(options: OutsideOptions) {
    this.#options = options;
  }

  /** Undefined for what was told of another stage of the same pipeline. */
  placed(diagnostic: Diagnostic): Diagnostic | undefined {
    const [section, id, field, name] = diagnostic.path;
    if (diagnostic.code !== 'INPUT_MISSING' || section !== 'stages') return diagnostic;
    const scope = this.#scopeOf(String(id));
    if (scope?.owner === undefined) return diagnostic;
    const moved =
      field === 'reads'
        ? this.#notGiven(diagnostic, scope, String(name))
        : this.#notNeeded(diagnostic, scope);
    if (moved === undefined) return diagnostic;
    const withoutReader = moved.message.replace(JSON.stringify(id), '');
    const told = JSON.stringify([moved.path, withoutReader]);
    if (this.#told.has(told)) return undefined;
    this.#told.add(told);
    return moved;
  }

  #scopeOf(id: string): Scope | undefined {
    this.#scopes ??= new Map(
      stagesOf(this.#options.scope).map((planned) => [planned.id, planned.scope]),
    );
    return this.#scopes.get(id);
  }

  /** Undefined for a key of the pipeline's own, and for one that is named under `reads` further out. */
  #notGiven(diagnostic: Diagnostic, scope: Scope, name: string): Diagnostic | undefined {
    const owner = giverOf(scope, name);
    if (owner === undefined) return undefined;
    const placed = {
      ...diagnostic,
      path: ['stages', owner.id],
      at: locationOf(owner.entry.keySpan),
    };
    // What is said of keys with labels holds for the pipeline as well.
    if (diagnostic.related !== undefined) return placed;
    const keys = this.#keysFor(String(diagnostic.path[1]), owner);
    const meant = nearestName(name, keys) ?? (keys.length === 1 ? keys[0] : undefined);
    return {
      ...placed,
      message: `the pipeline of stage ${JSON.stringify(owner.id)} takes the input ${JSON.stringify(name)}, which no stage before it writes`,
      ...(keys.length === 0
        ? {}
        : { expected: `a key such as ${keys.slice(0, MOST_KEYS).join(', ')}` }),
      help: `name the key that it is to be: reads: { ${name}: ${meant ?? '...'} }, or give ${JSON.stringify(name)} under context:`,
      related: [this.#insideNote(diagnostic)],
    };
  }

  /** Undefined unless a stage outside of the pipeline writes the key. */
  #notNeeded(diagnostic: Diagnostic, scope: Scope): Diagnostic | undefined {
    const reader = String(diagnostic.path[1]);
    const writer = diagnostic.related?.[0]?.path[1];
    if (diagnostic.path[2] !== 'needs' || writer === undefined) return undefined;
    const owner = ownerBeside(scope, String(writer));
    if (owner === undefined) return undefined;
    const { keySpan, value } = owner.entry;
    const needs = value.kind === 'map' ? value.entries.get('needs')?.value.span : undefined;
    return {
      ...diagnostic,
      path: ['stages', owner.id, 'needs'],
      at: locationOf(needs ?? keySpan),
      help: neededHelp(reader, [String(writer)]),
      related: [...(diagnostic.related ?? []), this.#insideNote(diagnostic)],
    };
  }

  #insideNote({ path }: Diagnostic): NonNullable<Diagnostic['related']>[number] {
    const at = locationOf(spanAt(this.#options.tree, path, true));
    return { message: 'a stage inside reads it', path, at };
  }

  #keysFor(reader: string, { id, scope }: Owner): readonly string[] {
    if (this.#searches++ >= MOST_SEARCHES) return [];
    const own = `${id}/`;
    return this.#options
      .keysBefore(reader)
      .filter((key) => key.startsWith(scope.prefix) && !key.startsWith(own))
      .map((key) => key.slice(scope.prefix.length));
  }
}

/** The outermost pipeline around the scope that the writer lies outside of. */
function ownerBeside(scope: Scope, writer: string): Owner | undefined {
  let owner: Owner | undefined;
  for (let here = scope; here.owner !== undefined; here = here.owner.scope) {
    if (writer.startsWith(here.prefix)) return owner;
    owner = here.owner;
  }
  return owner;
}

/** The outermost stage that hands a key on without a word, and so would have to name one. */
function giverOf(scope: Scope, name: string): Owner | undefined {
  let giver: Owner | undefined;
  for (let here = scope; here.owner !== undefined; here = here.owner.scope) {
    if (!here.keys.shared.has(name)) return giver;
    if (childOf(childOf(here.owner.entry.value, 'reads'), name) !== undefined) return undefined;
    giver = here.owner;
  }
  return giver;
}
