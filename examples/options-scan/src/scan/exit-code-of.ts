import type { RunStatus } from 'millrace';
import { EXIT, type ExitCode } from './exit-code.ts';

/** As `millrace run` ends. @param strict a part that failed counts */
export function exitCodeOf(status: RunStatus, strict: boolean): ExitCode {
  switch (status) {
    case 'succeeded':
      return EXIT.succeeded;
    case 'degraded':
      return strict ? EXIT.degraded : EXIT.succeeded;
    case 'cancelled':
      return EXIT.cancelled;
    default:
      return EXIT.failed;
  }
}
