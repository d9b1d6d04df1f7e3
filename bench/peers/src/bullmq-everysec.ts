import { bullmqAdapter } from './bullmq-adapter.ts';

export const adapter = bullmqAdapter('everysec');
