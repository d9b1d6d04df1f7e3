#!/usr/bin/env node
import { guarded } from './src/train/guarded.ts';
import { runPredict } from './src/train/run-predict.ts';

process.exitCode = await guarded(runPredict, process.argv.slice(2));
