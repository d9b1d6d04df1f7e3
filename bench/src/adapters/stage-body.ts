import { combine } from '../workloads/combine.ts';
import { textNumber } from '../workloads/text-number.ts';
import type { Workload } from '../workloads/workload.ts';

/** What a stage of a growing state leaves. */
export interface Grown {
  readonly value: number;
  readonly text: string;
}

/** The body of a plain stage. Asynchronous for every engine, as the stages of a real pipeline are. */
export async function plainStage(place: number, before: readonly number[]): Promise<number> {
  return combine(place, before);
}

/** The body of a stage of a growing state. */
export async function growingStage(
  { texts }: Workload,
  place: number,
  before: Grown | undefined,
): Promise<Grown> {
  const inputs = before === undefined ? [] : [before.value, textNumber(before.text)];
  return { value: combine(place, inputs), text: texts[place] ?? '' };
}

/** Of each stage the places of those that it needs. */
export function needsByPlace({ nodes }: Workload): readonly (readonly number[])[] {
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  return nodes.map(({ id, needs }) =>
    needs.map((need) => {
      const place = places.get(need);
      if (place === undefined) throw new RangeError(`${id} needs ${need}, which there is not`);
      return place;
    }),
  );
}
