/** Gives each class of a pipeline in code a `uses` of its own; two classes of one name are kept apart. */
export class ClassNamer {
  readonly #classes = new Map<string, unknown>();
  readonly #names = new Map<unknown, string>();
  readonly #copies = new Map<string, number>();

  /** Classes by the names given so far. */
  get classes(): ReadonlyMap<string, unknown> {
    return this.#classes;
  }

  nameOf(stageClass: unknown): string {
    const known = this.#names.get(stageClass);
    if (known !== undefined) return known;
    const base = ownName(stageClass);
    let name = base;
    while (this.#classes.has(name)) {
      const copy = (this.#copies.get(base) ?? 1) + 1;
      this.#copies.set(base, copy);
      name = `${base}#${copy}`;
    }
    this.#names.set(stageClass, name);
    this.#classes.set(name, stageClass);
    return name;
  }
}

function ownName(stageClass: unknown): string {
  const name: unknown = typeof stageClass === 'function' ? stageClass.name : undefined;
  return typeof name === 'string' && name !== '' ? name : 'anonymous';
}
