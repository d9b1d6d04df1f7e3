#!/usr/bin/env node
import { models } from './src/commands/models.ts';
import { runProgram } from './src/console/run-program.ts';

process.exitCode = await runProgram(models, process.argv.slice(2));
