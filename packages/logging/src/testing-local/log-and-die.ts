import { createLogging } from '../create-logging.ts';

// Runs as a process of its own. Nothing is awaited between the creation of the log and the end.
const [dir = '', end = '', count = '0'] = process.argv.slice(2);
const { logger } = createLogging({ dir });
const log = logger.child({ runId: 'run-1', stage: 'ingest', attempt: 1 });
for (let index = 0; index < Number(count); index++) log.info(`line ${index}`);

switch (end) {
  case 'exit':
    process.exit(1);
    break;
  case 'throw':
    throw new TypeError('nobody catches this');
  case 'kill':
    process.kill(process.pid, 'SIGKILL');
    break;
  default:
    process.exitCode = 9;
}
