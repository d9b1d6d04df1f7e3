/** What git is not to keep: packages, runs and their logs, results. The schema stays, so that a fresh clone has it. */
export const IGNORED_PATHS: readonly string[] = [
  'node_modules/',
  '.millrace/*',
  '!.millrace/schema.json',
  'out/',
];
