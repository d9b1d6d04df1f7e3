#!/usr/bin/env node
import { guarded } from './src/train/guarded.ts';
import { runDrift } from './src/train/run-drift.ts';

process.exitCode = await guarded(runDrift, process.argv.slice(2));
