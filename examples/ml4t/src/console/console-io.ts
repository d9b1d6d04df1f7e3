/** Where a program reads from and prints to. */
export interface ConsoleIo {
  /** A line of the result. */
  readonly out: (line: string) => void;
  /** A line for the person, beside the result. */
  readonly notice: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Those of the process. A reader that went away (`| head`) stops nothing. */
export function processIo(): ConsoleIo {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    notice: (line) => void process.stderr.write(`${line}\n`),
    env: process.env,
  };
}
