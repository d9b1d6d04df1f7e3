import type { Verdict } from '../technical/validate-signal.ts';

/** 0 to 100. What was not validated counts like a warning: nothing is known for it, and nothing against it. */
export function technicalScore(verdict: Verdict, modifier: number): number {
  switch (verdict) {
    case 'PASS':
    case 'SKIPPED':
      return 75 + (modifier - 1) * 50;
    case 'WARN':
    case 'UNVALIDATED':
      return 50;
    case 'VETO':
      return 0;
    default:
      return verdict satisfies never;
  }
}
