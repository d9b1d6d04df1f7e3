import { plainSource } from './plain-sources.ts';
import { NODE_OPTIONS, runProgram } from './run-program.ts';

const LIMIT_MS = 300_000;

/**
 * Runs a file of the bench that prints one line of JSON.
 * @param file relative to the folder `src`
 * @throws RangeError with what the process has said, where it failed or took too long
 */
export async function runMeasurement<Measured>(
  file: string,
  args: readonly string[],
): Promise<Measured> {
  const options = [...NODE_OPTIONS, plainSource(file), ...args];
  const end = await runProgram({ file: process.execPath, args: options, limitMs: LIMIT_MS });
  switch (end.kind) {
    case 'ended':
      return JSON.parse(end.stdout) as Measured;
    case 'over':
      throw new RangeError(`${file} ${args.join(' ')} went over ${end.limit}`);
    case 'failed':
      throw new RangeError(`${file} ${args.join(' ')}: ${end.reason}`);
    default:
      return end satisfies never;
  }
}
