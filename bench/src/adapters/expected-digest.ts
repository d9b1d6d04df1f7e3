import { combine, digestOf } from '../workloads/combine.ts';
import { textNumber } from '../workloads/text-number.ts';
import type { Workload } from '../workloads/workload.ts';
import { needsByPlace } from './stage-body.ts';

/** What every engine has to come to, found by a plain loop in the order of declaration. */
export function expectedDigest(workload: Workload): number {
  const { kind, texts } = workload;
  const values: number[] = [];
  needsByPlace(workload).forEach((needs, place) => {
    const before = needs.map((need) => values[need] ?? 0);
    const [need] = needs;
    if (kind === 'growing' && need !== undefined) before.push(textNumber(texts[need] ?? ''));
    values[place] = combine(place, before);
  });
  return digestOf(values);
}
