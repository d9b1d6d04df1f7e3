import { isMap, mapOf, type PlainMap, textsOf } from './plain.ts';
import type { Member } from './scope.ts';

/** What is wrong with the limits that a stage names. */
export function limitFaults({ fields }: Pick<Member, 'fields'>, limits: PlainMap): string[] {
  const uses = isMap(fields.limits)
    ? Object.entries(fields.limits)
    : textsOf(fields.limits).map((name): [string, unknown] => [name, 1]);
  return uses.flatMap(([name, cost]) => {
    if (!Object.hasOwn(limits, name)) return [`no limit ${name}`];
    const { concurrency, rate } = mapOf(limits[name]);
    const most = [concurrency, mapOf(rate).calls].filter((each) => typeof each === 'number');
    return most.some((each) => Number(cost) > each) ? [`more than there is of ${name}`] : [];
  });
}
