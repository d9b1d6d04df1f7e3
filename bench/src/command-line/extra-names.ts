/** What is measured beside the workloads: whole processes, the plan of a resume, mapped items and configs. */
export const EXTRA_NAMES = ['processes', 'plan', 'items', 'config'] as const;

export type ExtraName = (typeof EXTRA_NAMES)[number];
