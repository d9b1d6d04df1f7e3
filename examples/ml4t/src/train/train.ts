import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { runTraining } from './run-training.ts';
import { readTrainOptions, TRAIN_USAGE } from './train-options.ts';

export async function train(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const options = readTrainOptions(argv);
  if (options !== undefined) return runTraining(options, io);
  io.out(TRAIN_USAGE);
  return EXIT.succeeded;
}
