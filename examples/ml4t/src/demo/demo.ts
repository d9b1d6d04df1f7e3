import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { readFlags } from '../console/read-flags.ts';
import { directWire } from './direct-wire.ts';
import { runDemo } from './run-demo.ts';

const USAGE = `usage: npm start -- [options]

  The whole loop on GENERATED bars: train, infer, degrade, retrain, swap, break the model, roll back.

  --home FOLDER   where runs, models and logs are kept; default .millrace
  --help          this text`;

export async function demo(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const { values } = readFlags(argv, {
    home: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) {
    io.out(USAGE);
    return EXIT.succeeded;
  }
  const wire = async (service: Parameters<typeof directWire>[0]) => directWire(service);
  return (await runDemo({ home: values.home, wire }, io)).exitCode;
}
