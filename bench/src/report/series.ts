/** What is measured beside the cells: by name, one number a round. The unit is in the name. */
export class Series {
  readonly #numbers = new Map<string, number[]>();

  get names(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  add(name: string, number: number): void {
    const known = this.#numbers.get(name);
    if (known === undefined) this.#numbers.set(name, [number]);
    else known.push(number);
  }

  of(name: string): readonly number[] {
    return this.#numbers.get(name) ?? [];
  }

  toJSON(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(this.#numbers);
  }
}
