#!/usr/bin/env node
import { guarded } from './src/train/guarded.ts';
import { runModels } from './src/train/run-models.ts';

process.exitCode = await guarded(runModels, process.argv.slice(2));
