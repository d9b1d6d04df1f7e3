import type { Diagnostic, PathSegment } from '../base/diagnostic.ts';

/** What a part of a definition is called, where it stands, who hears of its faults, and what of it stays unsaid. */
export interface Place {
  /** `stage "score"` */
  readonly owner: string;
  readonly path: readonly PathSegment[];
  readonly report: (diagnostic: Diagnostic) => void;
  /** Takes the values of secrets out of what is recorded. Undefined: none are known. */
  readonly redact?: ((text: string) => string) | undefined;
}

/** Who hears of the faults of a pipeline. */
export type CommonPlace = Pick<Place, 'report' | 'redact'>;

/** The place of a stage. Its words are put together when something has to be said. */
export class StagePlace implements Place {
  readonly #common: CommonPlace;
  readonly #id: string;
  readonly #key: PathSegment;

  /** @param key its id, or its position where the id is that of another one too */
  constructor(common: CommonPlace, id: string, key: PathSegment) {
    this.#common = common;
    this.#id = id;
    this.#key = key;
  }

  get owner(): string {
    return `stage ${JSON.stringify(this.#id)}`;
  }

  get path(): readonly PathSegment[] {
    return ['stages', this.#key];
  }

  get report(): Place['report'] {
    return this.#common.report;
  }

  get redact(): Place['redact'] {
    return this.#common.redact;
  }
}

class InnerPlace implements Place {
  readonly #outer: Place;
  readonly #inner: readonly PathSegment[];

  constructor(outer: Place, inner: readonly PathSegment[]) {
    this.#outer = outer;
    this.#inner = inner;
  }

  get owner(): string {
    return this.#outer.owner;
  }

  get path(): readonly PathSegment[] {
    return [...this.#outer.path, ...this.#inner];
  }

  get report(): Place['report'] {
    return this.#outer.report;
  }

  get redact(): Place['redact'] {
    return this.#outer.redact;
  }
}

export function placeWithin(place: Place, ...path: readonly PathSegment[]): Place {
  return new InnerPlace(place, path);
}

/** The same place under another name. */
export function placeOfFallback({ owner, path, report, redact }: Place): Place {
  return { owner: `the fallback of ${owner}`, path: [...path, 'fallback'], report, redact };
}
