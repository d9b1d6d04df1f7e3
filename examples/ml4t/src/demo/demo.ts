import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { readFlags } from '../console/read-flags.ts';
import type { Alert } from '../service/alert.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';
import { demoSettings } from './demo-parts.ts';
import { directWire } from './direct-wire.ts';
import { redisWire } from './redis-wire.ts';
import { runDemo } from './run-demo.ts';

const USAGE = `usage: npm start -- [options]

  The whole loop on GENERATED bars: train, infer, degrade, retrain, swap, break the model, roll back.

  --redis URL     signals and answers over a Redis, instead of direct calls
  --home FOLDER   where runs, models and logs are kept; default .millrace
  --help          this text`;

export async function demo(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const { values } = readFlags(argv, {
    home: { type: 'string' },
    redis: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) {
    io.out(USAGE);
    return EXIT.succeeded;
  }
  const { redis: url } = values;
  const alert = ({ kind, message }: Alert): void => io.out(`  ! ${kind}: ${message}`);
  const wire = async (service: EnrichmentService) =>
    url === undefined
      ? directWire(service)
      : redisWire({ service, redis: { ...demoSettings().redis, url }, alert });
  return (await runDemo({ home: values.home, wire }, io)).exitCode;
}
