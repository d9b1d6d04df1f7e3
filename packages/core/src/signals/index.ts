export { fittingSignals } from './fitting-signals.ts';
export { openWaits, waitEndsAt } from './open-waits.ts';
export { type SentSignal, type SignalRequest, sendSignal } from './send-signal.ts';
export { signalNameFault } from './signal-name.ts';
export { checkPayload, schemaText } from './wait-schema.ts';
