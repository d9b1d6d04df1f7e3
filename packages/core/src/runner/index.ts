export { inProcessRunner } from './in-process-runner.ts';
export type { Runner, RunningAttempt } from './runner.ts';
