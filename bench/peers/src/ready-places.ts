/** Tells which stages are ready once the ones before them are done. */
export class ReadyPlaces {
  readonly #missing: number[];
  readonly #dependants: readonly number[][];

  constructor(needs: readonly (readonly number[])[]) {
    this.#missing = needs.map((mine) => mine.length);
    this.#dependants = needs.map(() => []);
    needs.forEach((mine, place) => {
      for (const need of mine) this.#dependants[need]?.push(place);
    });
  }

  /** Those that need nothing. */
  first(): readonly number[] {
    return this.#missing.flatMap((count, place) => (count === 0 ? [place] : []));
  }

  /** Those that are ready now that this one is done. */
  after(done: number): readonly number[] {
    return (this.#dependants[done] ?? []).filter((place) => {
      const left = (this.#missing[place] ?? 0) - 1;
      this.#missing[place] = left;
      return left === 0;
    });
  }
}
