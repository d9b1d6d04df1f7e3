#!/usr/bin/env node
import { guarded } from './src/train/guarded.ts';
import { runTraining } from './src/train/run-training.ts';

process.exitCode = await guarded(runTraining, process.argv.slice(2));
